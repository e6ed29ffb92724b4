//! Named places in the code. The rig hears when one is passed, counts, and kills the program there.
//!
//! Only a program that is built with the feature `rig` has them; in one that is shipped they are
//! nothing.

#[cfg(feature = "rig")]
type Hearer = Box<dyn Fn(&'static str) + Send + Sync>;

#[cfg(feature = "rig")]
static HEARER: std::sync::OnceLock<Hearer> = std::sync::OnceLock::new();

/// Lets this be called at every mark that is passed from now on. Whoever comes first hears.
#[cfg(feature = "rig")]
pub fn hear(hearer: impl Fn(&'static str) + Send + Sync + 'static) {
    let _ = HEARER.set(Box::new(hearer));
}

/// A place at which a program may die: what came before it has happened, what comes after has not.
#[inline]
pub fn mark(name: &'static str) {
    #[cfg(feature = "rig")]
    if let Some(hearer) = HEARER.get() {
        hearer(name);
    }
    #[cfg(not(feature = "rig"))]
    let _ = name;
}
