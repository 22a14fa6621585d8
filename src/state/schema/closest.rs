//! A key that was meant, perhaps.

use super::Key;

/// The key of a parameter at most two letters away from what is none.
pub fn closest_key(key: &str) -> Option<Key> {
    if key.len() > 24 {
        return None;
    }
    Key::ALL
        .iter()
        .map(|known| (edit_distance(&key.to_ascii_lowercase(), known.as_str()), *known))
        .min_by_key(|(distance, known)| (*distance, known.as_str()))
        .filter(|(distance, known)| *distance <= 2 && *distance < known.as_str().len())
        .map(|(_, known)| known)
}

fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
