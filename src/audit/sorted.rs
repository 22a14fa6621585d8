//! [`Sorted`]: some dozen values by their keys.

use serde::{Serialize, Serializer};

/// Values in the order of their keys. It is for few: a value that comes late moves all behind it.
///
/// A tree of the standard library weighs 3 kB for each type of value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sorted<K, V>(Vec<(K, V)>);

impl<K, V> Default for Sorted<K, V> {
    fn default() -> Sorted<K, V> {
        Sorted(Vec::new())
    }
}

impl<K: Ord, V> Sorted<K, V> {
    /// Of nothing.
    pub fn new() -> Sorted<K, V> {
        Sorted::default()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        self.place(key).ok().map(|place| &self.0[place].1)
    }

    /// The value of a key, which is made if there is none.
    pub fn or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        let place = self.place(&key).unwrap_or_else(|place| {
            self.0.insert(place, (key, V::default()));
            place
        });
        &mut self.0[place].1
    }

    /// Sets the value of a key.
    pub fn insert(&mut self, key: K, value: V) {
        match self.place(&key) {
            Ok(place) => self.0[place].1 = value,
            Err(place) => self.0.insert(place, (key, value)),
        }
    }

    /// Keys and values, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &(K, V)> {
        self.0.iter()
    }

    /// The values, in the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }

    fn place(&self, key: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|(own, _)| own.cmp(key))
    }
}

impl<K: Serialize + Ord, V: Serialize> Serialize for Sorted<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn it_is_a_tree_of_few() {
        let (mut sorted, mut tree) = (Sorted::new(), BTreeMap::new());
        for number in 0..200_u32 {
            let key = number.wrapping_mul(2_654_435_761) >> 25;
            *sorted.or_default(key) += 1;
            *tree.entry(key).or_default() += 1;
            if number % 7 == 0 {
                sorted.insert(number, number);
                tree.insert(number, number);
            }
        }
        assert!(sorted.iter().map(|(key, value)| (key, value)).eq(&tree));
        assert!((0..300).all(|key| sorted.get(&key) == tree.get(&key)));
        assert_eq!(crate::audit::json(&sorted), crate::audit::json(&tree).replace('"', ""));
    }
}
