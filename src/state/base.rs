//! [`Base`]: where links lead, and where the files of a build lie.

use std::fmt;

/// The address of a build on the web.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// The page's address, which a link's fragment follows.
    pub page: String,
    /// The address of its folder, with the last `/`.
    pub folder: String,
}

/// Why a text is no address that others can open.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BaseFault {
    /// It does not begin with `http://` or `https://`.
    NotWeb,
    /// No host follows.
    NoHost,
    /// A sign that no address has.
    Sign(char),
}

impl fmt::Display for BaseFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BaseFault::NotWeb => f.write_str("It has to begin with https:// or http://."),
            BaseFault::NoHost => f.write_str(
                "After https:// the name of a host is missing, as in https://example.org/.",
            ),
            BaseFault::Sign(sign) if sign.is_whitespace() => {
                f.write_str("There is a space in it, which no address has.")
            }
            BaseFault::Sign(sign) => write!(f, "There is a {sign} in it, which no address has."),
        }
    }
}

impl std::error::Error for BaseFault {}

impl Base {
    /// The address as a person gives it: of the folder, with or without its last `/`, or of a page
    /// in it, as it is copied from a browser.
    ///
    /// # Errors
    /// If it is no address on the web.
    pub fn read(text: &str) -> Result<Base, BaseFault> {
        let mut address = checked(text.trim())?;
        let path = address.find("://").map_or(0, |at| at + 3);
        let last = address[path..].rsplit_once('/').map(|(_, last)| last.to_ascii_lowercase());
        let is_page = last.as_deref().is_some_and(|name| name.ends_with(".html"));
        if !is_page && last.as_deref() != Some("") {
            address.push('/');
        }
        Ok(Base::of(address))
    }

    /// The address of a page that is open.
    ///
    /// # Errors
    /// If it is no address on the web: that of a file, say.
    pub fn of_page(address: &str) -> Result<Base, BaseFault> {
        checked(address).map(Base::of)
    }

    /// Whether the address means the machine of whoever opens it: `localhost` or a loopback number.
    pub fn is_own_machine(&self) -> bool {
        let host = self.folder.split("://").nth(1).unwrap_or_default();
        let host = host.split('/').next().unwrap_or_default();
        // A name and a password may come before, a port after.
        let host = host.rsplit('@').next().unwrap_or_default().to_ascii_lowercase();
        let is_port = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
        let name = host.rsplit_once(':').filter(|(_, port)| is_port(port));
        let name = name.map_or(host.as_str(), |(name, _)| name).trim_end_matches('.');
        let is_number = name.split('.').all(|part| part.parse::<u8>().is_ok());
        matches!(name, "localhost" | "0.0.0.0" | "[::1]")
            || name.ends_with(".localhost")
            || is_number && name.starts_with("127.")
    }

    fn of(page: String) -> Base {
        let end = page.rfind('/').map_or(page.len(), |at| at + 1);
        let folder = page[..end].to_string();
        // The frame is no page to link to.
        let page = if page[end..] == *"embed.html" { folder.clone() } else { page };
        Base { page, folder }
    }
}

/// An address without query and fragment, in signs that every snippet can hold.
fn checked(text: &str) -> Result<String, BaseFault> {
    let address = text.split(['#', '?']).next().unwrap_or_default();
    let (scheme, rest) = address.split_once("://").ok_or(BaseFault::NotWeb)?;
    let scheme = scheme.to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https") {
        return Err(BaseFault::NotWeb);
    }
    let is_no_sign = |c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c);
    if let Some(sign) = rest.chars().find(|c| is_no_sign(*c)) {
        return Err(BaseFault::Sign(sign));
    }
    if rest.split('/').next().is_none_or(str::is_empty) {
        return Err(BaseFault::NoHost);
    }
    // They end a text in Python, or a link in Markdown.
    let rest = rest.replace('\'', "%27").replace('(', "%28").replace(')', "%29");
    Ok(format!("{scheme}://{rest}{}", if rest.contains('/') { "" } else { "/" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_or_a_page_in_it_as_people_copy_them() {
        let base = |page: &str, folder: &str| {
            Ok(Base { page: page.to_string(), folder: folder.to_string() })
        };
        let folder = "https://docs.example/rampscope/";
        for given in [
            folder,
            " https://docs.example/rampscope ",
            "HTTPS://docs.example/rampscope/#/lab?v=1&seed=7",
            "https://docs.example/rampscope/?from=mail",
            "https://docs.example/rampscope/embed.html#/lab?embed=1",
        ] {
            assert_eq!(Base::read(given), base(folder, folder), "{given}");
        }
        let page = "https://docs.example/rampscope/rampscope.html";
        assert_eq!(Base::read(page), base(page, folder));
        assert_eq!(Base::of_page("http://a.b/c/tool"), base("http://a.b/c/tool", "http://a.b/c/"));
        assert_eq!(Base::read("https://a.b"), base("https://a.b/", "https://a.b/"));
        assert_eq!(
            Base::read("https://a.b/it's (new)").map(|base| base.page),
            Err(BaseFault::Sign(' '))
        );
        assert_eq!(
            Base::read("https://a.b/it's(new)").map(|base| base.page),
            Ok("https://a.b/it%27s%28new%29/".to_string())
        );
    }

    #[test]
    fn the_own_machine_is_known_by_its_names() {
        let is_own = |text: &str| Base::read(text).expect("an address").is_own_machine();
        for own in [
            "http://localhost",
            "http://LOCALHOST:8080/rampscope/",
            "http://scope.localhost/",
            "http://127.0.0.1:8080/#/embed",
            "http://127.1.2.3/",
            "http://0.0.0.0:8080/",
            "http://[::1]:8080/",
        ] {
            assert!(is_own(own), "{own}");
        }
        for other in [
            "https://docs.example/localhost/",
            "https://localhost.example/",
            "https://notlocalhost/",
            "https://128.0.0.1/",
            "https://127.example/",
            "http://[2001:db8::1]/",
        ] {
            assert!(!is_own(other), "{other}");
        }
    }

    #[test]
    fn what_nobody_else_can_open_is_refused_with_a_reason() {
        for (given, fault) in [
            ("", BaseFault::NotWeb),
            ("docs.example/rampscope/", BaseFault::NotWeb),
            ("file:///home/me/rampscope.html", BaseFault::NotWeb),
            ("javascript://a.b/", BaseFault::NotWeb),
            ("https:///rampscope/", BaseFault::NoHost),
            ("https://", BaseFault::NoHost),
            ("https://a.b/\"><script>", BaseFault::Sign('"')),
        ] {
            assert_eq!(Base::read(given), Err(fault), "{given}");
        }
        assert!(BaseFault::Sign('"').to_string().contains("a \" in it"));
    }
}
