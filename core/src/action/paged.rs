//! One page of a list: what every list of a screen gives.

/// Rows of one page: some screens of a phone, and a call's worth over its boundary.
pub const PAGE_ROWS_MAX: usize = 50;

/// One page of a list, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paged<T> {
    /// The rows, at most [`PAGE_ROWS_MAX`].
    pub rows: Vec<T>,
    /// Where the next page begins; none when this is the last.
    pub next: Option<u32>,
}

impl<T> Paged<T> {
    /// A page of a list that only grows at its end, read backwards by place: what is added
    /// meanwhile moves no page. `row` gives none for what is not in the list.
    pub(crate) fn newest<E>(
        length: usize,
        before: Option<u32>,
        mut row: impl FnMut(usize) -> Result<Option<T>, E>,
    ) -> Result<Self, E> {
        let mut page = Self { rows: Vec::new(), next: None };
        let mut last = before.map_or(length, |before| length.min(before as usize));
        for place in (0..last).rev() {
            let Some(row) = row(place)? else { continue };
            if page.rows.len() == PAGE_ROWS_MAX {
                page.next = u32::try_from(last).ok();
                break;
            }
            page.rows.push(row);
            last = place;
        }
        Ok(page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(length: usize, before: Option<u32>) -> Paged<usize> {
        let even = |place| Ok::<_, ()>((place % 2 == 0).then_some(place));
        Paged::newest(length, before, even).unwrap()
    }

    #[test]
    fn pages_follow_each_other_and_the_last_says_so() {
        let first = page(201, None);
        assert_eq!((first.rows[0], first.rows[49], first.next), (200, 102, Some(102)));
        let second = page(230, first.next);
        assert_eq!((second.rows[0], second.rows[49], second.next), (100, 2, Some(2)));
        let last = page(230, second.next);
        assert_eq!((last.rows, last.next), (vec![0], None));
    }

    #[test]
    fn a_full_last_page_has_no_next() {
        assert_eq!(page(100, None).next, None);
        assert_eq!(page(0, None).rows, Vec::<usize>::new());
    }
}
