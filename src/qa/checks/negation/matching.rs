//! Who goes with whom, if each can go with one only: maximum bipartite matching by augmenting paths (H. W. Kuhn, The
//! Hungarian method, 1955, without weights).

/// The partner of each, by the numbers of those that it may go with; earlier ones are preferred.
pub fn partners(candidates: &[Vec<usize>]) -> Vec<Option<usize>> {
    let most = candidates.iter().flatten().max().map_or(0, |&n| n + 1);
    let mut taken: Vec<Option<usize>> = vec![None; most];
    for number in 0..candidates.len() {
        let mut seen = vec![false; most];
        augment(number, candidates, &mut taken, &mut seen);
    }
    let mut partners = vec![None; candidates.len()];
    for (cue, owner) in taken.into_iter().enumerate() {
        if let Some(partner) = owner.and_then(|owner| partners.get_mut(owner)) {
            *partner = Some(cue);
        }
    }
    partners
}

/// Finds a partner for one, moving others to other partners if need be.
fn augment(number: usize, candidates: &[Vec<usize>], taken: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    for &cue in candidates.get(number).into_iter().flatten() {
        match seen.get_mut(cue) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        let owner = taken.get(cue).copied().flatten();
        if owner.is_none_or(|owner| augment(owner, candidates, taken, seen)) {
            if let Some(place) = taken.get_mut(cue) {
                *place = Some(number);
            }
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::partners;
    use proptest::prelude::*;

    #[test]
    fn as_many_as_can_find_a_partner() {
        assert_eq!(partners(&[vec![0, 1], vec![0]]), [Some(1), Some(0)]);
        assert_eq!(partners(&[vec![0], vec![0], vec![]]), [Some(0), None, None]);
        assert!(partners(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn nobody_is_shared_and_everyone_is_a_candidate(
            candidates in prop::collection::vec(prop::collection::vec(0usize..6, 0..5), 0..7)
        ) {
            let found = partners(&candidates);
            let mut used: Vec<usize> = found.iter().flatten().copied().collect();
            used.sort_unstable();
            let all = used.len();
            used.dedup();
            prop_assert_eq!(used.len(), all);
            for (own, partner) in candidates.iter().zip(&found) {
                prop_assert!(partner.is_none_or(|partner| own.contains(&partner)));
            }
        }
    }
}
