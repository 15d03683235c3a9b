//! Secrets found by what is said of them, by an order rather than by a map: it is made when
//! somebody looks for one, and holds no copy of what it is sorted by.

use std::sync::OnceLock;

use super::Secret;

/// The secrets of a model, sorted by one of the things that are said of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Order(OnceLock<Vec<usize>>);

impl Order {
    /// Where the secret is whose `key` is `wanted`: the last of several.
    pub(super) fn find<'m, K: Ord + 'm>(
        &self,
        secrets: &'m [Secret],
        key: impl Fn(&'m Secret) -> K,
        wanted: &K,
    ) -> Option<usize> {
        let sorted = self.0.get_or_init(|| {
            let mut sorted: Vec<usize> = (0..secrets.len()).collect();
            sorted.sort_by(|a, b| key(&secrets[*a]).cmp(&key(&secrets[*b])));
            sorted
        });
        let behind = sorted.partition_point(|&at| key(&secrets[at]) <= *wanted);
        let at = *sorted.get(behind.checked_sub(1)?)?;
        (key(&secrets[at]) == *wanted).then_some(at)
    }
}
