//! [`Counts`]: how much of a file is hit, and its sentence.

use super::cpu_class::CpuClass;
use super::number::{counted, grouped, percent, share};

/// What multiplies the products that are hit, as far as the file tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Runs {
    /// Nothing is said: bare codes.
    #[default]
    Unsaid,
    /// ONNX Runtime.
    OnnxRuntime,
    /// PyTorch with FBGEMM.
    PyTorch,
}

impl Runs {
    const KEYS: [(Runs, &'static str); 3] =
        [(Runs::Unsaid, "x"), (Runs::OnnxRuntime, "ort"), (Runs::PyTorch, "torch")];

    fn key(self) -> &'static str {
        Runs::KEYS.iter().find(|(runs, _)| *runs == self).map_or("x", |(_, key)| key)
    }
}

/// How much of a file is hit on CPUs of a class.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Products.
    pub products: u64,
    /// Those in which some output can saturate.
    pub products_hit: u64,
    /// Those of which the file does not tell.
    pub unknown: u64,
    /// Outputs of all products whose codes are known.
    pub outputs: u64,
    /// Those that can saturate.
    pub outputs_hit: u64,
    /// The most that one can lose, as a share of its full scale, 0 to 1.
    pub worst_share: f64,
    /// What multiplies what is hit.
    pub runs: Runs,
}

impl Counts {
    /// What a person wants to know first. `because` is the reason why nothing is hit, if it is one.
    pub fn sentence(&self, class: CpuClass, because: Option<&str>) -> String {
        let place = class.place();
        if self.products == 0 {
            return "No weights of a product are in it.".into();
        }
        let unknown = match self.unknown {
            0 => String::new(),
            1 => " Of 1 product it is not known.".to_string(),
            more => format!(" Of {} products it is not known.", grouped(more)),
        };
        if self.products_hit == 0 {
            let why = because.map_or(String::new(), |because| format!(": {because}"));
            return match (self.products, self.unknown) {
                (1, 0) => format!("No output of its product can saturate {place}{why}."),
                (_, 0) => format!("No output of any of its products can saturate {place}{why}."),
                _ => format!("No output is known to saturate {place}{why}.{unknown}"),
            };
        }
        let condition = match self.runs {
            Runs::Unsaid => ", if its weights meet unsigned codes",
            Runs::OnnxRuntime | Runs::PyTorch => "",
        };
        let who = match self.outputs_hit {
            1 => "it",
            _ => "the worst",
        };
        format!(
            "{} of {} in {} of {} can saturate {place}{condition}; {who} loses at most {} of its full scale.{unknown}",
            grouped(self.outputs_hit),
            counted(self.outputs, "output"),
            grouped(self.products_hit),
            counted(self.products, "product"),
            percent(self.worst_share),
        )
    }

    /// What makes what is hit exact; nothing where nothing is hit.
    pub fn cure(&self) -> Option<&'static str> {
        if self.products_hit == 0 {
            return None;
        }
        Some(match self.runs {
            Runs::OnnxRuntime => {
                "In ONNX Runtime it is exact with AVX-VNNI or AVX512-VNNI, or with the session option session.x64quantprecision = 1."
            }
            Runs::PyTorch => {
                "In PyTorch it is exact with AVX512-VNNI, but for depthwise convolutions; FBGEMM does not use AVX-VNNI."
            }
            Runs::Unsaid => {
                "Whether it happens depends on what multiplies them: kernels with VNNI, and with weights of 7 bits any, are exact."
            }
        })
    }

    /// As a link has it: seven numbers and a word.
    pub fn to_text(self) -> String {
        format!(
            "{}/{}~{}/{}~{}~{}~{}",
            self.outputs_hit,
            self.outputs,
            self.products_hit,
            self.products,
            self.unknown,
            share(self.worst_share),
            self.runs.key()
        )
    }

    /// Of such a text; `None` if it is none, or cannot be of any file.
    pub fn of_text(text: &str) -> Option<Counts> {
        let mut parts = text.split('~');
        let mut pair = || {
            let (one, all) = parts.next()?.split_once('/')?;
            let (one, all): (u64, u64) = (one.parse().ok()?, all.parse().ok()?);
            (one <= all).then_some((one, all))
        };
        let ((outputs_hit, outputs), (products_hit, products)) = (pair()?, pair()?);
        let unknown: u64 = parts.next()?.parse().ok()?;
        let worst_share: f64 = parts.next()?.parse().ok()?;
        let key = parts.next()?;
        let (runs, _) = Runs::KEYS.into_iter().find(|(_, own)| *own == key)?;
        let fits = parts.next().is_none()
            && unknown <= products - products_hit
            && (0.0..=1.0).contains(&worst_share)
            && (products_hit == 0) == (outputs_hit == 0);
        fits.then_some(Counts {
            products,
            products_hit,
            unknown,
            outputs,
            outputs_hit,
            worst_share,
            runs,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: Counts = Counts {
        products: 56,
        products_hit: 47,
        unknown: 0,
        outputs: 33_792,
        outputs_hit: 707,
        worst_share: 0.0137,
        runs: Runs::OnnxRuntime,
    };

    #[test]
    fn a_sentence_for_a_model() {
        assert_eq!(
            MODEL.sentence(CpuClass::NoVnni, None),
            "707 of 33,792 outputs in 47 of 56 products can saturate on x86 without VNNI; the worst loses at most 1.4 % of its full scale."
        );
        assert!(MODEL.cure().is_some_and(|cure| cure.contains("x64quantprecision")));
        let none = Counts { products_hit: 0, outputs_hit: 0, worst_share: 0.0, ..MODEL };
        assert_eq!(
            none.sentence(CpuClass::Vnni, Some("why")),
            "No output of any of its products can saturate on x86 with VNNI: why."
        );
        assert_eq!(none.cure(), None);
    }

    #[test]
    fn a_link_has_all_of_it_and_what_is_no_file_is_refused() {
        for counts in [MODEL, Counts::default()] {
            assert_eq!(Counts::of_text(&counts.to_text()), Some(counts));
        }
        let wrong = ["", "1/2", "3/2~1/1~0~0.5~ort", "1/2~1/1~0~1.5~ort", "1/2~1/1~0~NaN~ort"];
        let more = ["1/2~1/1~1~0.5~ort", "0/2~1/1~0~0~ort", "1/2~1/1~0~0.5~x~", "1/2~1/1~0~0.5~y"];
        for text in wrong.into_iter().chain(more) {
            assert_eq!(Counts::of_text(text), None, "{text}");
        }
    }
}
