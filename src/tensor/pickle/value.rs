//! [`Value`]: what a pickle makes.

use super::global::Global;

/// A value's place among those of its [`Pickle`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ref(pub(super) u32);

impl Ref {
    /// The place, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a pickle makes. Values name each other by their places, in circles too, so that nothing here
/// has a depth.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `None`, or a value that nothing here asks for.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A whole number beyond 64 bits.
    Large,
    /// A real number.
    Float(f64),
    /// A text.
    Text(Box<str>),
    /// A tuple, a list or a set.
    Sequence(Vec<Ref>),
    /// A dictionary: its entries in order, a key perhaps more than once.
    Dict(Vec<(Ref, Ref)>),
    /// An allowed name.
    Global(Global),
    /// What stands for a storage: the tuple that names it.
    Persistent(Ref),
    /// A call that was not made.
    Built {
        /// The function.
        function: Global,
        /// Its arguments.
        args: Ref,
    },
}

/// The values of a pickle.
#[derive(Debug)]
pub struct Pickle {
    pub(super) values: Vec<Value>,
    pub(super) root: Ref,
}

impl Pickle {
    /// The value that the pickle is of.
    pub fn root(&self) -> Ref {
        self.root
    }

    /// A value.
    pub fn get(&self, place: Ref) -> &Value {
        self.values.get(place.index()).unwrap_or(&Value::None)
    }

    /// All values.
    pub fn all(&self) -> impl Iterator<Item = Ref> {
        (0..).map(Ref).take(self.values.len())
    }

    /// How many values there are.
    pub fn count(&self) -> usize {
        self.values.len()
    }

    /// The elements of a tuple or list; none of anything else.
    pub fn elements(&self, place: Ref) -> &[Ref] {
        match self.get(place) {
            Value::Sequence(elements) => elements,
            _ => &[],
        }
    }

    /// Whole numbers in a tuple or list. `None` if something else is among them.
    pub fn integers(&self, place: Ref) -> Option<Vec<i64>> {
        let Value::Sequence(elements) = self.get(place) else {
            return None;
        };
        elements.iter().map(|&element| self.integer(element)).collect()
    }

    /// A whole number.
    pub fn integer(&self, place: Ref) -> Option<i64> {
        match self.get(place) {
            Value::Integer(value) => Some(*value),
            _ => None,
        }
    }
}
