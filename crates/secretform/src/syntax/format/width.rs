//! How wide text is: in grapheme clusters of Unicode 15.0, token by token, as HCL counts.

use unicode_segmentation::UnicodeSegmentation;

/// The width of one token's bytes.
#[inline]
pub(super) fn of(bytes: &[u8]) -> usize {
    if is_simple(bytes) { bytes.len() } else { clusters(bytes) }
}

/// Whether each byte is a cluster of its own. CR LF is one; it can only stand in comments and
/// heredocs.
#[inline]
pub(super) fn is_simple(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| byte.is_ascii() && *byte != b'\r')
}

#[cold]
fn clusters(bytes: &[u8]) -> usize {
    bytes.utf8_chunks().map(|chunk| chunk.valid().graphemes(true).count() + chunk.invalid().len()).sum()
}

#[cfg(test)]
mod tests {
    #[test]
    fn clusters_of_unicode_15_0() {
        let of = |text: &str| super::of(text.as_bytes());
        assert_eq!(of("abc"), 3);
        assert_eq!(of("漢字"), 2);
        assert_eq!(of("e\u{301}"), 1);
        assert_eq!(of("\r\n"), 1);
        assert_eq!(of("👩\u{200d}👩\u{200d}👧"), 1);
        // Unicode 15.1 made Indic conjuncts one cluster; Terraform's HCL has not followed.
        assert_eq!(of("क\u{94d}ष"), 2);
        assert_eq!(super::of(b"\xff\xfe"), 2);
    }
}
