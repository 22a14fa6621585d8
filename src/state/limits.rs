//! How large things get on the page.

/// The most inputs of a layer on the page.
pub const MOST_INPUTS: usize = 64;

/// The most outputs of a layer on the page.
pub const MOST_OUTPUTS: usize = 16;

/// The most bytes of a machine's name or features in a state: what matters of `lscpu` has some hundreds.
pub const MOST_MACHINE_BYTES: usize = 2000;

/// The most bytes of an entry of two operands in a state: as much as the largest layer of the Lab.
pub const MOST_ENTRY_BYTES: usize = 6000;

/// The most bytes of a file's verdict in a state, and of what a layer is a part of.
pub const MOST_VERDICT_BYTES: usize = 400;

/// The steps of the story: what its links have called `page` since before there were scenes.
pub const MOST_STEPS: usize = 10;

/// The scenes of the story.
pub const MOST_SCENES: usize = 6;
