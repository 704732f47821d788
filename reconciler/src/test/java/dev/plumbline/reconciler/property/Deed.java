package dev.plumbline.reconciler.property;

/** What a person or the world does to a control plane and its repository. */
enum Deed {
    /** A Training asks for another seed, which is another run. */
    TRAIN(10),
    /** A Serving asks for another limit, which is no other version. */
    SETTLE(4),
    /** A file gets a mistake, of syntax or of schema. */
    BREAK(5),
    /** A broken file is mended. */
    MEND(5),
    /** A model's specs are added. */
    ADD(4),
    /** A model's specs are removed. */
    REMOVE(2),
    /** A Serving is removed. */
    REMOVE_SERVING(2),
    /** A commit is undone by another. */
    REVERT(8),
    /** The branch is set back by force, with another commit on top or not. */
    REWIND(3),
    /** Somebody deletes the branch. */
    DELETE_MAIN(1),
    /** Somebody puts the branch back to where it was accepted last. */
    RESTORE_MAIN(2),
    /** A person accepts the rewritten history. */
    ACCEPT(3),
    /** Somebody deletes the branch of the ledger. */
    DELETE_LEDGER(2),
    /** The remote is gone for everybody. */
    REMOTE_AWAY(2),
    /** The remote is gone for the control plane alone. */
    REMOTE_UNHEARD(3),
    /** The remote is back. */
    REMOTE_BACK(4),
    /** The control plane is stopped and started. */
    RESTART(4),
    /** The control plane ends without a word and is started again. */
    CRASH(4),
    /** The state folder is lost; another takes over. */
    LOSE_STATE(3),
    /** A person promotes by the command. */
    PROMOTE(5),
    /** A person rolls back by the command. */
    ROLL_BACK(5),
    /** A person commits a version's name. */
    NAME(4),
    /** The next attempt at a run fails. */
    FAIL_TRAINING(3),
    /** Attempts take long. */
    HOLD_TRAINING(2),
    /** Attempts end. */
    RELEASE_TRAINING(3),
    /** The data plane does not answer. */
    SILENCE(2),
    /** The data plane answers again. */
    SPEAK(3),
    /** The data plane loses an endpoint. */
    LOSE_ENDPOINT(2),
    /** The bytes of an artifact are lost. */
    LOSE_ARTIFACT(2),
    /** The whole artifact store is lost while a newer run is under way. */
    LOSE_STORE(2),
    /** Somebody pushes a file of their own to the branch of the ledger. */
    LEAVE_NOTE(2),
    /** Time goes by. */
    ELAPSE(8),
    /** The clock is set an hour forward or back. */
    JUMP(2);

    final int weight;

    Deed(int weight) {
        this.weight = weight;
    }
}
