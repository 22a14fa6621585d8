//! [`FeatureSet`]: what a machine can do, as the rules ask for it.

use super::fault::{Damage, DataFault};
use super::keyed::Keyed;
use super::kinds::Arch;
use super::ordered::Ordered;

/// Features of a machine; names that two architectures share are one feature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FeatureSet(u64);

impl FeatureSet {
    /// Nothing.
    pub const EMPTY: FeatureSet = FeatureSet(0);

    /// Whether all of the others are there.
    pub const fn has_all(self, others: FeatureSet) -> bool {
        self.0 & others.0 == others.0
    }

    /// Whether one of the others is there.
    pub const fn has_any(self, others: FeatureSet) -> bool {
        self.0 & others.0 != 0
    }

    /// These and the others.
    #[must_use]
    pub const fn with(self, others: FeatureSet) -> FeatureSet {
        FeatureSet(self.0 | others.0)
    }

    /// Those that are in both.
    #[must_use]
    pub const fn and(self, others: FeatureSet) -> FeatureSet {
        FeatureSet(self.0 & others.0)
    }
}

/// The names of features, by architecture.
#[derive(Clone, Debug)]
pub(super) struct FeatureNames {
    of_arch: Vec<(Arch, Vec<(String, FeatureSet)>)>,
}

/// As many names as a [`FeatureSet`] tells apart.
const MOST: usize = 64;

impl FeatureNames {
    /// From `features` of `libraries.json`.
    pub fn new(entries: &Ordered<Vec<String>>) -> Result<FeatureNames, DataFault> {
        let mut known: Vec<&str> = Vec::new();
        let mut of_arch: Vec<(Arch, Vec<(String, FeatureSet)>)> = Vec::new();
        for (key, names) in &entries.0 {
            let wrong = |damage| DataFault::libraries(format!("features of {key}"), damage);
            let arch = Arch::read(key).map_err(wrong)?;
            if of_arch.iter().any(|(earlier, _)| *earlier == arch) {
                return Err(wrong(Damage::Twice { word: key.clone() }));
            }
            let mut own: Vec<(String, FeatureSet)> = Vec::new();
            for name in names {
                if own.iter().any(|(earlier, _)| earlier == name) {
                    return Err(wrong(Damage::Twice { word: name.clone() }));
                }
                let at = known.iter().position(|other| other == name).unwrap_or_else(|| {
                    known.push(name);
                    known.len() - 1
                });
                if at >= MOST {
                    return Err(wrong(Damage::TooMany { what: "features", most: MOST }));
                }
                own.push((name.clone(), FeatureSet(1 << at)));
            }
            of_arch.push((arch, own));
        }
        match Arch::ALL.iter().find(|&&arch| of_arch.iter().all(|(other, _)| *other != arch)) {
            Some(_) => Err(DataFault::libraries(
                "features",
                Damage::Missing { what: "list for one of the architectures" },
            )),
            None => Ok(FeatureNames { of_arch }),
        }
    }

    fn rows(&self, arch: Option<Arch>) -> impl Iterator<Item = &(String, FeatureSet)> {
        let own = move |one: &&(Arch, _)| arch.is_none_or(|arch| arch == one.0);
        self.of_arch.iter().filter(own).flat_map(|(_, rows)| rows)
    }

    /// The feature of an architecture by its name, as a set of one.
    pub fn find(&self, arch: Arch, name: &str) -> Option<FeatureSet> {
        self.rows(Some(arch)).find(|(own, _)| own == name).map(|(_, feature)| *feature)
    }

    /// Whether some architecture has a feature of that name.
    pub fn is_known(&self, name: &str) -> bool {
        self.rows(None).any(|(own, _)| own == name)
    }

    /// The names of a set, in the order of the data; those of all architectures where none is given.
    pub fn names(&self, arch: Option<Arch>, set: FeatureSet) -> Vec<&str> {
        let mut left = set;
        let mut names = Vec::new();
        for (name, feature) in self.rows(arch) {
            if left.has_all(*feature) {
                names.push(name.as_str());
                left = FeatureSet(left.0 & !feature.0);
            }
        }
        names
    }

    /// The set of some names.
    ///
    /// # Errors
    /// The first one that the architecture does not have.
    pub fn set(&self, arch: Arch, names: &[String]) -> Result<FeatureSet, Damage> {
        names.iter().try_fold(FeatureSet::EMPTY, |set, name| {
            let unknown = || Damage::Unknown { what: "feature", word: name.clone() };
            self.find(arch, name).map(|feature| set.with(feature)).ok_or_else(unknown)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> FeatureNames {
        let lists = Arch::ALL.iter().map(|arch| {
            let own: &[&str] = match arch {
                Arch::Aarch64 => &["neon", "sve", "dotprod"],
                Arch::Arm => &["dotprod", "neon"],
                _ => &[],
            };
            (arch.key().into(), own.iter().map(|name| (*name).into()).collect())
        });
        FeatureNames::new(&Ordered(lists.collect())).expect("they are good")
    }

    #[test]
    fn names_come_once_and_in_their_architecture_s_order() {
        let names = names();
        let both =
            ["neon", "dotprod"].map(|name| names.find(Arch::Arm, name).expect("it is there"));
        let set = both[0].with(both[1]);
        assert_eq!(names.names(Some(Arch::Aarch64), set), ["neon", "dotprod"]);
        assert_eq!(names.names(Some(Arch::Arm), set), ["dotprod", "neon"]);
        assert_eq!(names.names(None, set), ["neon", "dotprod"]);
        assert_eq!(names.find(Arch::Arm, "sve"), None);
    }

    #[test]
    fn sets_are_sets() {
        let names = names();
        let [neon, sve] = ["neon", "sve"].map(|name| names.find(Arch::Aarch64, name).expect("it"));
        let both = neon.with(sve);
        assert!(both.has_all(neon) && both.has_all(both) && !neon.has_all(both));
        assert!(both.has_any(neon) && !neon.has_any(sve) && !neon.has_any(FeatureSet::EMPTY));
        assert_eq!(both.and(sve), sve);
        assert!(neon.has_all(FeatureSet::EMPTY));
    }
}
