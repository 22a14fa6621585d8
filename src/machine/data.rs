//! [`MachineData`]: both files of data, checked, and what to look up in them.

use super::cpus::{self, CpuFamily, Rented};
use super::fault::{Damage, DataFault};
use super::features::{FeatureNames, FeatureSet};
use super::files::{CpusFile, LibrariesFile, SCHEMA};
use super::kinds::{Arch, Class, Confidence};
use super::libraries::{self, ClassInfo, Library, Variant};
use super::recogniser::Recogniser;
use super::sources::{Reference, Source, Sources};

/// From a text to a machine's features, and from those to the class of arithmetic of each library.
#[derive(Clone, Debug)]
pub struct MachineData {
    /// The day of the data.
    pub date: String,
    pub(super) features: FeatureNames,
    pub(super) recogniser: Recogniser,
    notes: Vec<(String, String)>,
    confidence: Vec<(String, String)>,
    /// One for each of [`Class::ALL`], in that order.
    classes: Vec<ClassInfo>,
    libraries: Vec<Library>,
    families: Vec<CpuFamily>,
    rented: Vec<Rented>,
    sources: Sources,
}

impl MachineData {
    /// Checks both files: whatever one names must be there. Patterns are compiled here, once.
    ///
    /// # Errors
    /// The first thing that is wrong, and where.
    pub fn new(libraries: LibrariesFile, cpus: CpusFile) -> Result<MachineData, DataFault> {
        if libraries.schema != SCHEMA {
            let damage = Damage::Schema { found: libraries.schema };
            return Err(DataFault::libraries("schema", damage));
        }
        if cpus.schema != SCHEMA {
            return Err(DataFault::cpus("schema", Damage::Schema { found: cpus.schema }));
        }
        let features = FeatureNames::new(&libraries.features)?;
        let sources = Sources::read(Sources::none(), &libraries.sources)
            .map_err(|(id, damage)| DataFault::libraries(format!("source {id}"), damage))?;
        let mut notes = libraries.feature_notes.0.iter();
        if let Some((word, _)) = notes.find(|(name, _)| !features.is_known(name)) {
            let damage = Damage::Unknown { what: "feature", word: word.clone() };
            return Err(DataFault::libraries("feature_notes", damage));
        }
        let classes = libraries::classes(&libraries)?;
        let checks = libraries::Checks {
            features: &features,
            sources: &sources,
            confidence: &libraries.confidence,
            is_cpu: &|key| cpus.cpus.iter().any(|entry| entry.key == key),
        };
        let all = libraries::libraries(libraries.libraries, &checks)?;
        let sources = Sources::read(sources, &cpus.sources)
            .map_err(|(id, damage)| DataFault::cpus(format!("source {id}"), damage))?;
        let checks =
            cpus::Checks { features: &features, sources: &sources, confidence: &cpus.confidence };
        let families = cpus::families(cpus.cpus, &checks)?;
        let rented = cpus::rented(cpus.clouds, &families, &checks)?;
        Ok(MachineData {
            date: libraries.date,
            recogniser: Recogniser::new(&cpus.recognise, &features, &families)?,
            notes: libraries.feature_notes.0,
            confidence: libraries.confidence.0,
            features,
            classes,
            libraries: all,
            families,
            rented,
            sources,
        })
    }

    /// What a class means.
    pub fn class(&self, class: Class) -> &ClassInfo {
        &self.classes[class as usize]
    }

    /// The names of features, in the order of the data; of all architectures where none is given.
    pub fn feature_names(&self, arch: Option<Arch>, set: FeatureSet) -> Vec<&str> {
        self.features.names(arch, set)
    }

    /// What a feature is, where its name does not say it.
    pub fn feature_note(&self, name: &str) -> Option<&str> {
        self.notes.iter().find(|(own, _)| own == name).map(|(_, note)| note.as_str())
    }

    /// What it means that a rule is recorded, read, documented or unknown.
    pub fn confidence(&self, confidence: Confidence) -> Option<&str> {
        let mut all = self.confidence.iter();
        all.find(|(own, _)| own == confidence.key()).map(|(_, meaning)| meaning.as_str())
    }

    /// The libraries, in the order of the data.
    pub fn libraries(&self) -> &[Library] {
        &self.libraries
    }

    /// The library of that key.
    pub fn library(&self, key: &str) -> Option<&Library> {
        self.libraries.iter().find(|library| library.key == key)
    }

    /// Every variant with its library, in the order of the data.
    pub fn variants(&self) -> impl Iterator<Item = (&Library, &Variant)> {
        let of = |library| move |variant| (library, variant);
        self.libraries.iter().flat_map(move |library| library.variants.iter().map(of(library)))
    }

    /// The variant of that key, with its library: whose `environment` is what changes its answer.
    pub fn variant(&self, key: &str) -> Option<(&Library, &Variant)> {
        self.variants().find(|(_, variant)| variant.key == key)
    }

    /// The library and the variant whose rules follow those of another.
    pub(super) fn same_as(&self, variant: &Variant) -> Option<(&Library, &Variant)> {
        let (library, place) = variant.same_as?;
        let library = self.libraries.get(library)?;
        Some((library, library.variants.get(place)?))
    }

    /// The CPU families, to pick from.
    pub fn families(&self) -> &[CpuFamily] {
        &self.families
    }

    /// The CPU family of that key.
    pub fn family(&self, key: &str) -> Option<&CpuFamily> {
        self.families.iter().find(|family| family.key == key)
    }

    /// The rented machines, to pick from.
    pub fn rented(&self) -> &[Rented] {
        &self.rented
    }

    /// The rented machine of that key.
    pub fn rented_machine(&self, key: &str) -> Option<&Rented> {
        self.rented.iter().find(|rented| rented.key == key)
    }

    /// The families that are rented out under a name.
    pub fn families_of<'a>(&'a self, rented: &'a Rented) -> impl Iterator<Item = &'a CpuFamily> {
        rented.cpus.iter().filter_map(|place| self.families.get(*place))
    }

    /// The source of an id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.find(id)
    }

    /// Every source, by id.
    pub fn sources(&self) -> &[Source] {
        self.sources.all()
    }

    /// What a list of sources stands for: of an answer, a variable, a family, a rented machine.
    pub fn references<'a>(&'a self, list: &'a [String]) -> impl Iterator<Item = Reference<'a>> {
        list.iter().filter_map(|text| self.sources.refer(text))
    }
}
