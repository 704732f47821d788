package dev.plumbline.runtime.training.fitting;

import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.util.Pair;
import org.tribuo.classification.sgd.LabelObjective;
import org.tribuo.math.la.SGDVector;
import org.tribuo.math.util.VectorNormalizer;

/** Counts the rows that a loss is asked about: the only sign of progress that gradient descent gives. */
final class CountingLabelObjective implements LabelObjective {
    private final LabelObjective objective;
    private final Runnable counter;

    CountingLabelObjective(LabelObjective objective, Runnable counter) {
        this.objective = objective;
        this.counter = counter;
    }

    @Override
    public Pair<Double, SGDVector> lossAndGradient(Integer truth, SGDVector prediction) {
        counter.run();
        return objective.lossAndGradient(truth, prediction);
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // the interface asks for it
    public Pair<Double, SGDVector> valueAndGradient(int truth, SGDVector prediction) {
        return lossAndGradient(truth, prediction);
    }

    @Override
    public VectorNormalizer getNormalizer() {
        return objective.getNormalizer();
    }

    @Override
    public boolean isProbabilistic() {
        return objective.isProbabilistic();
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return objective.getProvenance();
    }
}
