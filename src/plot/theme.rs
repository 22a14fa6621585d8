//! Colours by meaning, read from the page's own variables.

use super::scene::Role;

/// An opaque colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color(pub u8, pub u8, pub u8);

impl Color {
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
pub struct Theme {
    colors: [Color; ROLES.len()],
    /// A CSS font family list.
    pub font: String,
}

/// Roles, their CSS variables, and the colours where a variable is missing.
const ROLES: [(Role, &str, Color); 10] = [
    (Role::Ink, "--ink", Color(0x1b, 0x1d, 0x21)),
    (Role::Muted, "--muted", Color(0x5a, 0x60, 0x69)),
    (Role::Grid, "--grid", Color(0xe3, 0xe5, 0xe8)),
    (Role::Exact, "--exact", Color(0x5a, 0x60, 0x69)),
    (Role::Chosen, "--chosen", Color(0x1d, 0x4e, 0x89)),
    (Role::Saturated, "--saturated", Color(0xc2, 0x41, 0x0c)),
    (Role::Calibrated, "--calibrated", Color(0xf1, 0xf4, 0xf8)),
    (Role::Clamped, "--clamped", Color(0xa8, 0xad, 0xb5)),
    (Role::Cursor, "--ink", Color(0x1b, 0x1d, 0x21)),
    (Role::Background, "--surface", Color(0xff, 0xff, 0xff)),
];

impl Theme {
    /// Reads every colour by `variable`, a look-up of CSS variables. What is
    /// missing or unreadable keeps the light theme's colour.
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Theme {
        let read = |name: &str| variable(name).as_deref().and_then(Color::from_hex);
        Theme {
            colors: ROLES.map(|(_, name, fallback)| read(name).unwrap_or(fallback)),
            font: variable("--font")
                .filter(|font| !font.trim().is_empty())
                .unwrap_or_else(|| "sans-serif".into()),
        }
    }

    /// The colour of a role.
    pub fn color(&self, role: Role) -> Color {
        ROLES
            .iter()
            .position(|(known, ..)| *known == role)
            .map_or(Color(0, 0, 0), |index| self.colors[index])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_win_and_garbage_falls_back() {
        let theme = Theme::from_variables(|name| match name {
            "--saturated" => Some(" #ff8800".into()),
            "--ink" => Some("red".into()),
            "--grid" => Some("#ééé".into()),
            _ => None,
        });
        assert_eq!(theme.color(Role::Saturated), Color(0xff, 0x88, 0));
        assert_eq!(theme.color(Role::Ink), Color(0x1b, 0x1d, 0x21));
        assert_eq!(theme.color(Role::Grid), Color(0xe3, 0xe5, 0xe8));
    }
}
