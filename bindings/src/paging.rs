//! Pages over what the core gives whole.

use angen_core::action::PAGE_ROWS_MAX;

/// The page that begins at a row, and where the next one begins.
pub(crate) fn page<T: Clone>(all: &[T], from: u64) -> (Vec<T>, Option<u64>) {
    let begin = usize::try_from(from).unwrap_or(usize::MAX).min(all.len());
    let end = begin.saturating_add(PAGE_ROWS_MAX).min(all.len());
    (all[begin..end].to_vec(), (end < all.len()).then_some(end as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_meet_and_the_last_has_no_next() {
        let all: Vec<u32> = (0..120).collect();
        let mut seen = Vec::new();
        let mut from = Some(0);
        while let Some(at) = from {
            let (rows, next) = page(&all, at);
            seen.extend(rows);
            from = next;
        }
        assert_eq!(seen, all);
        assert_eq!(page(&all, u64::MAX), (Vec::new(), None));
        assert_eq!(page(&all[..50], 0).1, None);
    }
}
