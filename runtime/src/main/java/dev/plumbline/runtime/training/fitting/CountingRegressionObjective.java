package dev.plumbline.runtime.training.fitting;

import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.util.Pair;
import org.tribuo.math.la.DenseVector;
import org.tribuo.math.la.SGDVector;
import org.tribuo.regression.sgd.RegressionObjective;

/** Counts the rows that a loss is asked about: the only sign of progress that gradient descent gives. */
final class CountingRegressionObjective implements RegressionObjective {
    private final RegressionObjective objective;
    private final Runnable counter;

    CountingRegressionObjective(RegressionObjective objective, Runnable counter) {
        this.objective = objective;
        this.counter = counter;
    }

    @Override
    public Pair<Double, SGDVector> lossAndGradient(DenseVector truth, SGDVector prediction) {
        counter.run();
        return objective.lossAndGradient(truth, prediction);
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // the interface asks for it
    public Pair<Double, SGDVector> loss(DenseVector truth, SGDVector prediction) {
        return lossAndGradient(truth, prediction);
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return objective.getProvenance();
    }
}
