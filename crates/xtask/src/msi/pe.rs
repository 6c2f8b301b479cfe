//! What an MSI must say of a program or a library: the version in its resources.

/// Marks the fixed part of a version resource.
const SIGNATURE: [u8; 4] = 0xFEEF_04BD_u32.to_le_bytes();

/// `1.2.0.0`, as the file's own version resource has it.
pub fn version(bytes: &[u8]) -> Option<String> {
    let at = bytes.windows(4).position(|window| window == SIGNATURE)?;
    // After the signature comes the structure's own version, then the file's: two numbers of 32 bits, each of two halves.
    let number = |offset: usize| -> Option<u32> { Some(u32::from_le_bytes(bytes.get(at + offset..at + offset + 4)?.try_into().ok()?)) };
    let (high, low) = (number(8)?, number(12)?);
    Some(format!("{}.{}.{}.{}", high >> 16, high & 0xffff, low >> 16, low & 0xffff))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_from_its_resource_and_none_from_something_else() {
        let mut bytes = vec![0; 32];
        bytes.extend(SIGNATURE);
        bytes.extend([0, 0, 1, 0]);
        bytes.extend(((1_u32 << 16) | 20).to_le_bytes());
        bytes.extend((3_u32 << 16).to_le_bytes());
        assert_eq!(version(&bytes).as_deref(), Some("1.20.3.0"));
        assert_eq!(version(&[0; 64]), None);
    }
}
