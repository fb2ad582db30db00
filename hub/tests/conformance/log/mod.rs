//! Log stores: each claim for SQLite and for memory, and both beside each other.

mod arrival;
mod claims;
mod faults;
mod growth;
mod hand;
mod rights;
mod same;
mod sites;
mod world;

macro_rules! suite {
    ($($group:ident: $($claim:ident)*;)*) => {
        mod sqlite {
            $($(#[test] fn $claim() { super::$group::$claim::<super::sites::Sqlite>(); })*)*
        }
        mod memory {
            $($(#[test] fn $claim() { super::$group::$claim::<super::sites::Memory>(); })*)*
        }
    };
}

suite! {
    claims:
        what_is_taken_is_answered_with_its_head_and_again_changes_nothing
        what_comes_before_its_past_waits_and_then_counts
        a_chain_that_forked_has_two_heads
        without_its_opening_nothing_of_a_dossier_is_stored
        certificates_come_behind_their_issuers_or_not_at_all
        an_answer_holds_no_more_than_it_may_and_one_run_at_least
        settings_are_changed_together_and_by_one_at_a_time
        what_outlives_the_process_is_as_it_was;
    arrival:
        arrivals_are_without_gaps_whoever_writes
        a_cursor_skips_nothing_while_others_write
        a_run_gets_its_entry_once_all_of_it_is_here
        a_blob_gets_an_entry_for_each_dossier_that_names_it;
    growth:
        the_log_only_grows_and_every_proof_holds
        a_new_epoch_has_everything_and_leaves_the_one_before
        nothing_is_in_a_log_that_nobody_keeps;
    rights:
        who_covers_a_dossier_reads_it_and_nobody_else
        who_is_taken_back_is_known_and_what_she_wrote_is_kept
        several_who_ask_at_once_are_told_what_each_is_told_alone
        what_is_erased_is_given_to_nobody_and_does_not_come_back;
    faults:
        one_that_fails_leaves_those_beside_it
        without_a_signature_nothing_of_any_is_stored
        a_blob_store_that_fails_fails_one_alone
        whatever_step_fails_each_is_whole_or_not_at_all;
}
