//! Colours by meaning, read from the page's own variables.

use super::scene::Role;

/// An opaque colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color(pub u8, pub u8, pub u8);

impl Color {
    /// Reads `#rrggbb`, the half of `light-dark(#rrggbb, #rrggbb)` that applies, or what a browser
    /// has computed.
    pub fn from_css(text: &str, is_dark: bool) -> Option<Color> {
        let pair = text.trim().strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(')'));
        match pair {
            None => Color::from_hex(text).or_else(|| Color::from_computed(text)),
            Some(pair) => {
                let (light, dark) = pair.split_once(',')?;
                Color::from_hex(if is_dark { dark } else { light })
            }
        }
    }

    /// Reads `rgb(r, g, b)` in bytes, and the parts of one of `color(srgb r g b)`, as mixtures are written.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it saturates, as a colour should"
    )]
    fn from_computed(text: &str) -> Option<Color> {
        let (function, rest) = text.trim().split_once('(')?;
        let whole = match function {
            "rgb" | "rgba" => 1.0,
            "color" => 255.0,
            _ => return None,
        };
        let rest = rest.strip_prefix("srgb ").unwrap_or(rest);
        let parts = rest.split([',', ' ', '/', ')']).filter(|part| !part.is_empty());
        let mut bytes = parts.map(|part| Some((part.parse::<f64>().ok()? * whole).round() as u8));
        Some(Color(bytes.next()??, bytes.next()??, bytes.next()??))
    }

    /// Reads `#rrggbb`.
    pub fn from_hex(text: &str) -> Option<Color> {
        let digits = text.trim().strip_prefix('#')?;
        if digits.len() != 6 || !digits.is_ascii() {
            return None;
        }
        let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Color(byte(0)?, byte(2)?, byte(4)?))
    }
}

/// A colour for every [`Role`], and the type face.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    colors: [Color; ROLES.len()],
    /// A CSS font family list.
    pub font: String,
    /// Factor on the sizes of text and lines.
    pub scale: f64,
    /// Factor on the width of lines where something is saturated, for colours that may look alike.
    pub saturated_width: f64,
}

/// Roles, their CSS variables, and the colours where a variable is missing.
const ROLES: [(Role, &str, Color); 17] = [
    (Role::Ink, "--ink", Color(0x1b, 0x1d, 0x21)),
    (Role::Muted, "--muted", Color(0x5a, 0x60, 0x69)),
    (Role::Grid, "--grid", Color(0xe3, 0xe5, 0xe8)),
    (Role::Exact, "--exact", Color(0x5a, 0x60, 0x69)),
    (Role::Chosen, "--chosen", Color(0x1d, 0x4e, 0x89)),
    (Role::Saturated, "--saturated", Color(0xc2, 0x41, 0x0c)),
    (Role::Rounding, "--rounding", Color(0x6b, 0x4f, 0xa0)),
    (Role::Overlay(0), "--overlay-0", Color(0x0b, 0x7a, 0x75)),
    (Role::Overlay(1), "--overlay-1", Color(0x8a, 0x3f, 0x8f)),
    (Role::Overlay(2), "--overlay-2", Color(0x7a, 0x6a, 0x00)),
    (Role::Overlay(3), "--overlay-3", Color(0x3b, 0x5b, 0xdb)),
    (Role::Marked, "--saturated-soft", Color(0xfd, 0xee, 0xe6)),
    (Role::Half, "--half", Color(0xf0, 0xc4, 0xa8)),
    (Role::Calibrated, "--calibrated", Color(0xf1, 0xf4, 0xf8)),
    (Role::Clamped, "--clamped", Color(0xa8, 0xad, 0xb5)),
    (Role::Cursor, "--ink", Color(0x1b, 0x1d, 0x21)),
    (Role::Background, "--surface", Color(0xff, 0xff, 0xff)),
];

impl Palette {
    /// Reads every colour by `variable`, a look-up of CSS variables. What is
    /// missing or unreadable keeps the light theme's colour. `is_dark` chooses of colours that come
    /// in two.
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>, is_dark: bool) -> Palette {
        let read = |name: &str| Color::from_css(&variable(name)?, is_dark);
        let factor = |name: &str| {
            let read = variable(name).and_then(|text| text.trim().parse().ok());
            read.filter(|factor: &f64| (0.5..=4.0).contains(factor)).unwrap_or(1.0)
        };
        Palette {
            colors: ROLES.map(|(_, name, fallback)| read(name).unwrap_or(fallback)),
            font: variable("--font")
                .filter(|font| !font.trim().is_empty())
                .unwrap_or_else(|| "sans-serif".into()),
            scale: factor("--figure-scale"),
            saturated_width: factor("--saturated-width"),
        }
    }

    /// Every role that has a colour.
    pub fn roles() -> impl Iterator<Item = Role> {
        ROLES.into_iter().map(|(role, ..)| role)
    }

    /// The colour of a role.
    pub fn color(&self, role: Role) -> Color {
        let strength = |level: u8, shares: [f64; 5]| shares[usize::from(level).min(4)];
        match role {
            Role::Density(level) => {
                let share = strength(level, [0.14, 0.28, 0.44, 0.64, 0.88]);
                self.mixed(Role::Background, Role::Chosen, share)
            }
            Role::LostDensity(level) => {
                let share = strength(level, [0.4, 0.55, 0.7, 0.85, 1.0]);
                self.mixed(Role::Marked, Role::Saturated, share)
            }
            _ => ROLES
                .iter()
                .position(|(known, ..)| *known == role)
                .map_or(Color(0, 0, 0), |index| self.colors[index]),
        }
    }

    /// Between two roles' colours: 0 is the first, 1 the second.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between two bytes"
    )]
    fn mixed(&self, from: Role, to: Role, share: f64) -> Color {
        let (Color(r0, g0, b0), Color(r1, g1, b1)) = (self.color(from), self.color(to));
        let between = |from: u8, to: u8| {
            (f64::from(from) + share * (f64::from(to) - f64::from(from))).round() as u8
        };
        Color(between(r0, r1), between(g0, g1), between(b0, b1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_has_computed_is_read() {
        for (text, color) in [
            ("rgb(1, 2, 255)", Some(Color(1, 2, 255))),
            ("rgba(1, 2, 3, 0.5)", Some(Color(1, 2, 3))),
            ("color(srgb 1 0.5 0)", Some(Color(255, 128, 0))),
            ("color(srgb 1.2 -1 0 / 0.5)", Some(Color(255, 0, 0))),
            ("oklch(0.5 0.1 20)", None),
            ("rgb(1, 2)", None),
            ("CanvasText", None),
        ] {
            assert_eq!(Color::from_css(text, false), color, "{text}");
        }
    }

    #[test]
    fn variables_win_and_garbage_falls_back() {
        let variables = |name: &str| match name {
            "--saturated" => Some(" #ff8800".into()),
            "--ink" => Some("red".into()),
            "--grid" => Some("#ééé".into()),
            "--figure-scale" => Some(" 1.5".into()),
            "--chosen" => Some("light-dark(#010203, #040506)".into()),
            _ => None,
        };
        let palette = Palette::from_variables(variables, true);
        assert_eq!(palette.color(Role::Chosen), Color(4, 5, 6));
        assert_eq!(Palette::from_variables(variables, false).color(Role::Chosen), Color(1, 2, 3));
        assert_eq!((palette.scale, palette.saturated_width), (1.5, 1.0));
        assert_eq!(Palette::from_variables(|_| Some("0".into()), false).scale, 1.0);
        assert_eq!(palette.color(Role::Saturated), Color(0xff, 0x88, 0));
        assert_eq!(palette.color(Role::Ink), Color(0x1b, 0x1d, 0x21));
        assert_eq!(palette.color(Role::Grid), Color(0xe3, 0xe5, 0xe8));
    }
}
