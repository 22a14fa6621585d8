//! How long the parts of a frame take, as User Timing entries: a browser's performance tools show
//! them, and `tests/e2e/bench.mjs` reads them.

/// From a state to what follows from it.
pub const COMPUTE: &str = "rampscope:compute";
/// One canvas: its scene and its drawing; the canvas's class follows.
pub const DRAW: &str = "rampscope:draw:";

/// One component that is rendered; its name follows.
const RENDER: &str = "rampscope:render:";
/// Who leaves a mark of this name is told of every component: a mark for each would cost a frame more
/// than some of the components.
const TRACE: &str = "rampscope:trace";

/// Whether somebody wants to know which components are rendered.
pub fn is_traced() -> bool {
    let performance = gloo::utils::window().performance();
    performance.is_some_and(|performance| performance.get_entries_by_name(TRACE).length() > 0)
}

/// Leaves a mark for observers: a component of that name is rendered.
pub fn rendered(name: &str) {
    if let Some(performance) = gloo::utils::window().performance() {
        let _ = performance.mark(&format!("{RENDER}{name}"));
    }
}

/// Does some work and, if it gives something, leaves a measure of that name for observers. The
/// page keeps no entries, so that a long visit does not gather them.
pub fn measured<T>(name: &str, work: impl FnOnce() -> Option<T>) -> Option<T> {
    let performance = gloo::utils::window().performance();
    if let Some(performance) = &performance {
        // Fails only for names that the browser has taken.
        let _ = performance.mark(name);
    }
    let done = work();
    if let Some(performance) = &performance {
        if done.is_some() {
            let _ = performance.measure_with_start_mark(name, name);
            performance.clear_measures_with_measure_name(name);
        }
        performance.clear_marks_with_mark_name(name);
    }
    done
}
