//! The thread’s experiment.

use super::Preset;

presets! {
    Preset {
        key: "thread",
        title: "The thread’s experiment",
        sentence: "Ten straight ramps are expected. Outputs 3 and 5 are straight, output 0 turns \
             round at code 185, and output 2 bends twice, at codes 170 and 241.",
        tags: &["scenario", "thread", "shallower", "turned"],
        link: "",
    },
    Preset {
        key: "thread-turned",
        title: "A ramp that turns round",
        sentence: "Output 0 falls until code 185. There the pair of −61 and −117 stays at −32768, \
             and the slope goes from −152 to 26.",
        tags: &["scenario", "thread", "turned"],
        link: "output=0",
    },
    Preset {
        key: "thread-steeper",
        title: "A ramp that gets steeper",
        sentence: "A negative pair of output 4 stops at code 168, and the slope goes from 41 to \
             237. At code 194 a positive pair stops too: 68.",
        tags: &["scenario", "thread", "steeper", "shallower"],
        link: "output=4",
    },
    Preset {
        key: "thread-qnnpack",
        title: "The same layer with QNNPACK",
        sentence: "QNNPACK adds in 32 bits: with the same weights and scales all 10 outputs are \
             straight.",
        tags: &["scenario", "thread", "straight", "engine", "fix"],
        link: "engine=qnnpack",
    },
    Preset {
        key: "three-inputs",
        title: "Three inputs",
        sentence: "Weights 103 and 127 are a pair and saturate at code 143. The third weight, 66, \
             has no partner: it goes on alone, with slope 66 instead of 296.",
        tags: &["scenario", "thread", "odd", "shallower"],
        link: "inputs=3&output=5&at=1",
    },
}
