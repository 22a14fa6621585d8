//! What the helps of controls claim about codes and kinks is so, on every engine.

use rampscope::arith::{Bytes, Engine, quantize};
use rampscope::state::{Deriver, Key, link};

#[test]
fn helps_are_true() {
    let mut deriver = Deriver::default();
    let mut kinks = |link: &str| -> Vec<_> {
        let (state, problems) = link::read(link);
        assert_eq!(problems, [], "{link}");
        let derived = deriver.derive(&state);
        derived.chosen(&state).kinks.iter().map(|kink| kink.code).collect()
    };
    // The zero point moves no kink in codes, but for the engine that multiplies other bytes.
    let help = Key::InputZeroPoint.parameter().help;
    assert!(help.contains("in codes it moves none but those of s8×s8"), "{help}");
    let mut moved = Vec::new();
    for engine in Engine::ALL {
        let layer = "x_scale=0.02&y_scale=0.1&y_zp=128&from=-12&to=12";
        let at = |zero_point| format!("#/lab?engine={}&x_zp={zero_point}&{layer}", engine.key());
        let [low, high] = [60, 128].map(|zero_point| kinks(&at(zero_point)));
        if low != high {
            moved.push(engine.bytes());
        }
    }
    assert_eq!(moved, [Bytes::ShiftedBy128]);
    // Where codes are clamped to the observer's range, it is the one that the help gives; and a
    // calibrated input has codes of the half that the help of reduce_range gives.
    let help = [Key::Clamp, Key::ReduceRange].map(|key| key.parameter().help);
    for (scheme, name) in
        [("affine", "0 to 127 if affine"), ("symmetric", "64 to 192 if symmetric")]
    {
        assert!(help[1].contains(name), "{}", help[1]);
        let half = name.split(' ').filter_map(|word| word.parse::<i32>().ok());
        let half: Vec<i32> = half.collect();
        let link = format!("#/lab?reduce_range=1&x_scheme={scheme}");
        let (state, _) = link::read(&link);
        let derived = deriver.derive(&state);
        let (low, high) = derived.calibrated.input_range;
        for x in [low, high] {
            let code = quantize(x, derived.layer.input, derived.layer.activation_codes);
            // Where a range is symmetric about 0, two halves are rounded up: 128.
            assert!((half[0]..=half[1] + 1).contains(&code), "{link}: {x} is code {code}");
        }
        let (state, _) = link::read(&format!("{link}&clamp=observer"));
        let codes = deriver.derive(&state).layer.activation_codes;
        let said = format!("{} to {} with reduce_range", codes.qmin, codes.qmax);
        assert!(help[0].contains(&said), "{said}: {}", help[0]);
    }
}
