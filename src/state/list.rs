//! Lists whose entries a person ticks.

/// A list without an entry that it has, or with one more at its end.
pub fn toggled<T: PartialEq>(mut list: Vec<T>, entry: T) -> Vec<T> {
    match list.iter().position(|one| *one == entry) {
        Some(index) => {
            list.remove(index);
        }
        None => list.push(entry),
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_comes_last_and_goes_alone() {
        assert_eq!(toggled(vec![], "b"), ["b"]);
        assert_eq!(toggled(vec!["b"], "a"), ["b", "a"]);
        assert_eq!(toggled(vec!["b", "a", "c"], "a"), ["b", "c"]);
        assert_eq!(toggled(toggled(vec![3, 1], 2), 2), [3, 1]);
    }
}
