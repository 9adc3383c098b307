//! Work on all cores whose results are taken in order, without holding more than two batches of them.

use crate::error::Result;
use rayon::prelude::*;

/// Gives `take` what `work` makes of every item of every batch, in order. While all threads work at one batch, the
/// results of the one before are taken.
///
/// # Errors
/// The first error that `batches` or `take` comes up with; nothing is taken after it.
pub fn in_order<T: Send, R: Send>(
    batches: impl IntoIterator<Item = Result<Vec<T>>>,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<()> + Send,
) -> Result<()> {
    let mut done: Vec<R> = Vec::new();
    for batch in batches {
        let batch = batch?;
        let results = std::mem::take(&mut done);
        let (taken, worked) = rayon::join(
            || results.into_iter().try_for_each(&mut take),
            || batch.into_par_iter().map(&work).collect(),
        );
        taken?;
        done = worked;
    }
    done.into_iter().try_for_each(take)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    /// What is taken of these batches before `stop` is reached, and whether all went well.
    fn taken(batches: Vec<Result<Vec<usize>>>, stop: usize) -> (Vec<usize>, bool) {
        let mut taken = Vec::new();
        let take = |n| {
            if n == stop {
                return Err(Error::input("enough"));
            }
            taken.push(n);
            Ok(())
        };
        let well = in_order(batches, |n| n * 2, take).is_ok();
        (taken, well)
    }

    #[test]
    fn results_come_in_order_up_to_the_first_error() {
        let batches = || (0..10).map(|batch| Ok((batch * 7..batch * 7 + 7).collect())).collect();
        let doubled = |end: usize| (0..end).map(|n| n * 2).collect::<Vec<_>>();
        assert_eq!(taken(batches(), usize::MAX), (doubled(70), true));
        assert_eq!(taken(batches(), 60), (doubled(30), false));
        let broken = vec![Ok(vec![0]), Ok(vec![1]), Err(Error::input("broken")), Ok(vec![2])];
        assert_eq!(taken(broken, usize::MAX), (doubled(1), false));
    }
}
