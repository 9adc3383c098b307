//! Content that was moved: what crosses the rest of the alignment.

use super::bead::IndexBead;
use super::score::Links;

/// One end of a bead: its first and last sentence.
struct Reach {
    first: u32,
    last: u32,
}

/// The links of those `beads` that lie off the heaviest monotone chain of beads; a bead weighs as much as it has
/// links. None of them may be null.
///
/// Chains are compared pairwise (quadratic in the beads of one article), and of equally heavy ones the one that
/// comes first in order of the beads is kept, as in the reference scorer.
pub(super) fn moved(beads: &[&IndexBead]) -> Links {
    let mut reaches: Vec<(Reach, Reach, &IndexBead)> =
        beads.iter().filter_map(|b| Some((reach(b.zh())?, reach(b.en())?, *b))).collect();
    reaches.sort_by_cached_key(|(z, e, b)| (z.first, z.last, e.first, e.last, weight(b), *b));
    let on_chain = heaviest_chain(&reaches);
    let off = reaches.iter().zip(on_chain).filter(|(_, on)| !on);
    off.flat_map(|((_, _, bead), _)| bead.links()).collect()
}

fn reach(indices: &[u32]) -> Option<Reach> {
    Some(Reach { first: *indices.first()?, last: *indices.last()? })
}

fn weight(bead: &IndexBead) -> u64 {
    bead.zh().len() as u64 * bead.en().len() as u64
}

/// For each bead, whether it is on the heaviest chain in which every bead ends before the next begins, on both
/// sides.
fn heaviest_chain(beads: &[(Reach, Reach, &IndexBead)]) -> Vec<bool> {
    // For each bead, the weight of the heaviest chain that ends with it, and the bead before it.
    let mut chains: Vec<(u64, Option<usize>)> = Vec::with_capacity(beads.len());
    for (zh, en, bead) in beads {
        let (mut heaviest, mut before) = (0, None);
        for (j, ((z, e, _), &(so_far, _))) in beads.iter().zip(&chains).enumerate() {
            if z.last < zh.first && e.last < en.first && so_far > heaviest {
                (heaviest, before) = (so_far, Some(j));
            }
        }
        chains.push((heaviest + weight(bead), before));
    }
    let mut on = vec![false; beads.len()];
    let (mut heaviest, mut at) = (0, None);
    for (k, &(chain, _)) in chains.iter().enumerate() {
        if chain > heaviest {
            (heaviest, at) = (chain, Some(k));
        }
    }
    while let Some(k) = at {
        if let Some(flag) = on.get_mut(k) {
            *flag = true;
        }
        at = chains.get(k).and_then(|&(_, before)| before);
    }
    on
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved_links(beads: &[(&[u32], &[u32])]) -> Vec<(u32, u32)> {
        let beads: Vec<_> = beads.iter().map(|(z, e)| IndexBead::new(z.to_vec(), e.to_vec())).collect();
        let mut links: Vec<_> = moved(&beads.iter().collect::<Vec<_>>()).into_iter().collect();
        links.sort_unstable();
        links
    }

    #[test]
    fn only_the_lighter_of_two_crossing_beads_is_moved() {
        assert_eq!(moved_links(&[]), []);
        assert_eq!(moved_links(&[(&[0], &[0]), (&[1], &[1])]), []);
        assert_eq!(moved_links(&[(&[0], &[2]), (&[1], &[0]), (&[2], &[1])]), [(0, 2)]);
        assert_eq!(moved_links(&[(&[0, 1], &[1, 2]), (&[2], &[0])]), [(2, 0)]);
        assert_eq!(moved_links(&[(&[0], &[1]), (&[1], &[0])]), [(1, 0)], "the first of equals stays");
    }

    #[test]
    fn a_bead_inside_the_gap_of_another_is_off_the_chain() {
        assert_eq!(moved_links(&[(&[0, 2], &[0]), (&[1], &[1])]), [(1, 1)]);
    }
}
