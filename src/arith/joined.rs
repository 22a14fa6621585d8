//! Tables in parts, joined when the crate is compiled.

/// How many rows all parts have.
pub(crate) const fn count<T>(parts: &[&[T]]) -> usize {
    let (mut part, mut count) = (0, 0);
    while part < parts.len() {
        count += parts[part].len();
        part += 1;
    }
    count
}

/// The rows of all parts one after the other, as many as [`count`] says; the first part is not empty.
pub(crate) const fn joined<T: Copy, const COUNT: usize>(parts: &[&[T]]) -> [T; COUNT] {
    let mut all = [parts[0][0]; COUNT];
    let (mut part, mut at) = (0, 0);
    while part < parts.len() {
        let mut row = 0;
        while row < parts[part].len() {
            all[at] = parts[part][row];
            (row, at) = (row + 1, at + 1);
        }
        part += 1;
    }
    assert!(at == COUNT);
    all
}
