//! The macro that makes an enum of the data's words: the key of each variant stands once.

use super::fault::Damage;

/// A word of the data.
pub(super) trait Keyed: Sized {
    /// What it says.
    const WHAT: &'static str;

    /// The one of a key.
    fn find(key: &str) -> Option<Self>;

    /// The one of a key that stands in a file.
    fn read(key: &str) -> Result<Self, Damage> {
        Self::find(key).ok_or_else(|| Damage::Unknown { what: Self::WHAT, word: key.into() })
    }
}

/// An enum whose variants have the keys that the data and the answer's JSON write.
macro_rules! keyed {
    (
        $(#[$about:meta])*
        $name:ident: $what:literal { $($(#[$variant_about:meta])* $variant:ident = $key:literal,)+ }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$variant_about])* $variant,)+
        }

        impl $name {
            /// Every one, in order.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The key in the data and in the answer's JSON.
            pub const fn key(self) -> &'static str {
                match self {
                    $($name::$variant => $key,)+
                }
            }

            /// The one of that key.
            pub fn of_key(key: &str) -> Option<$name> {
                Self::ALL.iter().copied().find(|one| one.key() == key)
            }
        }

        impl super::keyed::Keyed for $name {
            const WHAT: &'static str = $what;

            fn find(key: &str) -> Option<$name> {
                $name::of_key(key)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.key())
            }
        }
    };
}

pub(super) use keyed;
