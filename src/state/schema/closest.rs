//! A key that was meant, perhaps.

use super::PARAMETERS;

/// The key of a parameter at most two letters away from what is none.
pub fn closest_key(key: &str) -> Option<&'static str> {
    if key.len() > 24 {
        return None;
    }
    PARAMETERS
        .iter()
        .map(|parameter| (edit_distance(&key.to_ascii_lowercase(), parameter.key), parameter.key))
        .min()
        .filter(|(distance, known)| *distance <= 2 && *distance < known.len())
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
