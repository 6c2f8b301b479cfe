//! What is signed for the hub goes to the hub and nowhere else.

use counterfoil_ledger_client::hub::{Credentials, Hub};
use ed25519_dalek::SigningKey;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpListener;

#[tokio::test]
async fn an_answer_that_sends_a_request_elsewhere_is_not_followed() {
    let (gateway, elsewhere) = (TcpListener::bind("127.0.0.1:0").unwrap(), TcpListener::bind("127.0.0.1:0").unwrap());
    elsewhere.set_nonblocking(true).unwrap();
    let (address, other) = (gateway.local_addr().unwrap(), elsewhere.local_addr().unwrap());
    let answering = std::thread::spawn(move || {
        let (mut stream, _) = gateway.accept().unwrap();
        let mut request = [0; 4096];
        assert!(stream.read(&mut request).unwrap() > 0);
        let answer = format!("HTTP/1.1 307 Temporary Redirect\r\nlocation: http://{other}/\r\ncontent-length: 0\r\n\r\n");
        stream.write_all(answer.as_bytes()).unwrap();
    });
    let hub = Hub::new(&format!("http://{address}"), None).unwrap();
    let who = Credentials { till_id: "till".into(), key: SigningKey::from_bytes(&[7; 32]) };
    let refused = hub.reference(&who, 1, None, None).await.map(drop).unwrap_err();
    answering.join().unwrap();
    assert_eq!(refused.code(), "unreachable", "{refused}");
    assert_eq!(elsewhere.accept().map(drop).map_err(|error| error.kind()), Err(ErrorKind::WouldBlock));
}
