//! Somebody at the page, without a window: forms, cookies, and what the page says.

use super::Centre;
use counterfoil_ledger::people::{Person, Role, add};

pub const PASSWORD: &str = "correct horse battery";

pub struct Browser {
    agent: ureq::Agent,
    url: String,
    cookie: String,
}

pub struct Page {
    pub status: u16,
    pub text: String,
    pub location: String,
    pub headers: ureq::http::HeaderMap,
}

impl Browser {
    pub fn new(centre: &Centre) -> Browser {
        Browser::at(centre.hub.url())
    }

    /// At another copy of the hub.
    pub fn at(url: &str) -> Browser {
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).max_redirects_will_error(false);
        Browser { agent: config.build().into(), url: url.to_owned(), cookie: String::new() }
    }

    /// Somebody of this role, signed in.
    pub fn of(centre: &Centre, role: Role) -> Browser {
        let code = role.as_str().to_owned();
        let person = Person { name: format!("A. {code}"), code: code.clone(), role };
        centre.hub.as_administrator(async |ledger| add(ledger, &person, PASSWORD).await).expect("person");
        let mut browser = Browser::new(centre);
        assert_eq!(browser.sign_in(&code, PASSWORD).location, "/fleet");
        browser
    }

    pub fn sign_in(&mut self, code: &str, password: &str) -> Page {
        self.post("/sign-in", &[("code", code), ("password", password)])
    }

    pub fn get(&self, path: &str) -> Page {
        let request = self.agent.get(format!("{}{path}", self.url)).header("cookie", &self.cookie).header("accept", "text/html");
        page(request.call().expect("answer"))
    }

    pub fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Page {
        self.post_from("same-origin", path, form)
    }

    pub fn post_from(&mut self, site: &str, path: &str, form: &[(&str, &str)]) -> Page {
        let request = self.agent.post(format!("{}{path}", self.url)).header("cookie", &self.cookie).header("sec-fetch-site", site);
        let page = page(request.header("accept", "text/html").send_form(form.iter().copied()).expect("answer"));
        for cookie in page.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().expect("cookie").split(';').next().expect("value").to_owned();
            self.cookie = if self.cookie.is_empty() { cookie } else { format!("{cookie}; {}", self.cookie) };
        }
        page
    }

    /// The token of this person's forms.
    pub fn csrf(&self) -> String {
        let page = self.get("/fleet").text;
        let (_, rest) = page.split_once("name=\"csrf\" value=\"").expect("a form");
        rest.split('"').next().expect("token").to_owned()
    }
}

fn page(mut response: ureq::http::Response<ureq::Body>) -> Page {
    let location = response.headers().get("location").map(|value| value.to_str().expect("location").to_owned()).unwrap_or_default();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Page { status, location, headers, text: response.body_mut().read_to_string().expect("text") }
}
