//! The shape of a convolution, as the sets that have some record it.

use rampscope::arith::ConvShape;

use super::ReplayError;
use super::json::Object;
use super::tally::Tally;

/// The fields of a shape.
pub const FIELDS: [&str; 11] =
    ["nd", "B", "C", "in_dims", "N", "groups", "kernel", "stride", "pad", "dil", "out_dims"];

/// A convolution's shape, and how many codes go in and come out.
pub struct Shape {
    /// The shape.
    pub shape: ConvShape,
    /// `[B][C][in_dims]`.
    pub inputs: usize,
    /// `[B][N][out_dims]`.
    pub outputs: usize,
}

/// Reads the shape of a case, and replays its `out_dims`.
pub fn read(case: &Object, tally: &mut Tally, what: &str) -> Result<Shape, ReplayError> {
    let dimensions = case.size("nd")?;
    if dimensions > 3 {
        return Err(case.invalid("nd", "more than 3"));
    }
    let shape = ConvShape {
        batch: case.size("B")?,
        channels: case.size("C")?,
        outputs: case.size("N")?,
        groups: case.size("groups")?,
        input: case.sizes("in_dims", dimensions, 1)?,
        kernel: case.sizes("kernel", dimensions, 1)?,
        stride: case.sizes("stride", dimensions, 1)?,
        padding: case.sizes("pad", dimensions, 0)?,
        dilation: case.sizes("dil", dimensions, 1)?,
    };
    let shape = shape.checked().map_err(|error| case.invalid("kernel", error))?;
    let input = case.product("in_dims", &shape.input)?;
    let output = case.product("out_dims", &shape.output())?;
    let recorded = case.sizes("out_dims", dimensions, 1)?;
    tally.same(what, &recorded, &shape.output());
    case.product("kernel", &[shape.outputs, shape.row()])?;
    Ok(Shape {
        inputs: case.product("in_dims", &[shape.batch, shape.channels, input])?,
        outputs: case.product("out_dims", &[shape.batch, shape.outputs, output])?,
        shape,
    })
}
