//! [`Reading`]: one way to read an entry, and [`View`], the operands as it reads them.

use serde::Serialize;

use super::code_type::CodeType;
use super::entry::Layout;
use super::numbers::Grid;
use super::operands::Operands;
use crate::arith::RowShape;

/// One way to read the operands of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reading {
    /// The types of A and B.
    pub types: [CodeType; 2],
    /// What the outputs are in B.
    pub layout: Layout,
    /// What somebody may have got wrong, if the reading is not one that the entry allows.
    pub mistake: Option<Mistake>,
}

/// How operands may be taken by mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Mistake {
    /// The bytes of A as codes of the other type.
    SignOfA,
    /// Those of B.
    SignOfB,
    /// Those of both.
    SignOfBoth,
    /// B the other way round.
    Layout,
    /// B·A in place of A·B.
    Order,
}

impl Mistake {
    /// Every one.
    pub const ALL: [Mistake; 5] =
        [Mistake::SignOfA, Mistake::SignOfB, Mistake::SignOfBoth, Mistake::Layout, Mistake::Order];

    /// Whether the bytes of A and of B are read as the other type.
    pub fn misreads(self) -> [bool; 2] {
        match self {
            Mistake::SignOfA => [true, false],
            Mistake::SignOfB => [false, true],
            Mistake::SignOfBoth => [true, true],
            Mistake::Layout | Mistake::Order => [false, false],
        }
    }
}

/// The operands as a reading takes them.
#[derive(Clone, Debug)]
pub(super) struct View {
    /// The reading.
    pub reading: Reading,
    /// Types of the codes below: those of the reading, or what they are misread as.
    pub types: [CodeType; 2],
    /// Inputs, rows that are matched × K.
    pub x: Grid<i32>,
    /// Weights, outputs that are matched × K.
    pub w: Grid<i32>,
    /// One, or one per row and one per output.
    pub zero_points: [Vec<i32>; 2],
    /// What a row is made of.
    pub row_shape: RowShape,
}

impl View {
    /// What a reading makes of some operands; `None` where its mistake cannot be made, or changes
    /// nothing.
    pub fn new(operands: &Operands, reading: Reading) -> Option<View> {
        let Reading { types, layout, mistake } = reading;
        let plain = View {
            reading,
            types,
            x: operands.a.clone(),
            w: operands.weights(layout),
            zero_points: operands.zero_points.clone(),
            row_shape: operands.row_shape,
        };
        match mistake {
            None => Some(plain),
            Some(Mistake::Layout) => {
                let is_other = operands.is_square() && !operands.layouts.contains(&layout.other());
                let turned = View { w: operands.weights(layout.other()), ..plain.clone() };
                (is_other && turned.w != plain.w).then_some(turned)
            }
            Some(Mistake::Order) => plain.exchanged(operands),
            Some(mistake) => plain.misread(mistake.misreads()),
        }
    }

    /// B·A, of square matrices that are matched as a whole.
    fn exchanged(self, operands: &Operands) -> Option<View> {
        let size = operands.inputs();
        let is_square = [operands.rows, operands.outputs] == [size; 2];
        let is_whole = [self.x.rows, self.w.rows] == [size; 2];
        let has_single = self.zero_points.iter().all(|all| all.len() == 1);
        if size < 2 || !is_square || !is_whole || !has_single {
            return None;
        }
        let [a, b] = self.zero_points;
        let [of_a, of_b] = self.types;
        Some(View {
            x: self.w.turned(),
            w: self.x.turned(),
            zero_points: [b, a],
            types: [of_b, of_a],
            ..self
        })
    }

    /// With the bytes of A or B taken as the other type's.
    fn misread(self, sides: [bool; 2]) -> Option<View> {
        let [mut x, mut w] = [self.x, self.w];
        let mut types = self.types;
        for (side, grid) in [&mut x, &mut w].into_iter().enumerate() {
            if !sides[side] {
                continue;
            }
            types[side] = types[side].other();
            let read = grid.map(|code| types[side].misread(code));
            if read == *grid {
                return None;
            }
            *grid = read;
        }
        Some(View { x, w, types, ..self })
    }

    /// The same with one row of inputs and one output only.
    pub fn single(&self, x: &[i32], [row, output]: [usize; 2]) -> View {
        let one = |values: &[i32]| Grid { rows: 1, columns: values.len(), values: values.to_vec() };
        View {
            reading: self.reading,
            types: self.types,
            x: one(x),
            w: one(self.weights(output)),
            zero_points: [vec![self.zero_point_of_a(row)], vec![self.zero_point_of_b(output)]],
            row_shape: self.row_shape,
        }
    }

    /// K.
    pub fn inputs(&self) -> usize {
        self.x.columns
    }

    /// Rows and outputs that are matched.
    pub fn shape(&self) -> [usize; 2] {
        [self.x.rows, self.w.rows]
    }

    /// A row of inputs.
    pub fn row(&self, row: usize) -> &[i32] {
        &self.x.values[row * self.inputs()..][..self.inputs()]
    }

    /// The weights of an output.
    pub fn weights(&self, output: usize) -> &[i32] {
        &self.w.values[output * self.inputs()..][..self.inputs()]
    }

    /// The zero point of a row.
    pub fn zero_point_of_a(&self, row: usize) -> i32 {
        super::operands::pick(&self.zero_points[0], row)
    }

    /// The zero point of an output's weights.
    pub fn zero_point_of_b(&self, output: usize) -> i32 {
        super::operands::pick(&self.zero_points[1], output)
    }

    /// Whether a zero point of A or of B is not 0.
    pub fn has_zero_points(&self) -> [bool; 2] {
        [0, 1].map(|side| self.zero_points[side].iter().any(|&one| one != 0))
    }
}

/// Every reading that operands allow, and every mistake about each of them.
pub(super) fn readings(operands: &Operands) -> Vec<View> {
    let mut plain = Vec::new();
    for &layout in &operands.layouts {
        // u8 × s8 first, the usual one.
        let [of_a, of_b] = &operands.types;
        for &a in of_a {
            for &b in of_b.iter().rev() {
                plain.push(Reading { types: [a, b], layout, mistake: None });
            }
        }
    }
    let mut all = plain.clone();
    for mistake in Mistake::ALL {
        let mistaken = plain.iter().map(|&one| Reading { mistake: Some(mistake), ..one });
        all.extend(mistaken.filter(|_| is_known(operands, mistake)));
    }
    all.into_iter().filter_map(|reading| View::new(operands, reading)).collect()
}

/// Whether a type that is misread is known at all; where both come into question, the other one is a
/// reading already.
fn is_known(operands: &Operands, mistake: Mistake) -> bool {
    let misreads = mistake.misreads();
    (0..2).all(|side| !misreads[side] || operands.types[side].len() == 1)
}
