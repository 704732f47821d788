package dev.plumbline.runtime.training.fitting;

import dev.plumbline.schemas.model.Algorithm;
import dev.plumbline.schemas.model.Task;

/** Fits one kind of model. Same samples, parameters and seed: same model, whatever the number of processors. */
public interface Fitter {
    /** Fits; told of progress on the way. */
    FittedModel fit(Samples samples, Parameters parameters, long seed, FitProgress progress) throws FittingException;

    /** The fitter of an algorithm for a task. */
    static Fitter of(Algorithm algorithm, Task task) {
        boolean regression = task == Task.REGRESSION;
        return switch (algorithm) {
            case LOGISTIC_REGRESSION -> classifier(new LogisticRegression(), algorithm, regression);
            case RANDOM_FOREST -> classifier(new RandomForest(), algorithm, regression);
            case XGBOOST -> regression ? new XGBoostRegression() : new XGBoostClassification();
            case LINEAR_REGRESSION -> regressor(new LinearRegression(), algorithm, regression);
            case ELASTIC_NET -> regressor(new ElasticNet(), algorithm, regression);
        };
    }

    /** Whether an algorithm wants numbers of mean 0 and standard deviation 1. */
    static boolean scaled(Algorithm algorithm) {
        return switch (algorithm) {
            case LOGISTIC_REGRESSION, LINEAR_REGRESSION, ELASTIC_NET -> true;
            case RANDOM_FOREST, XGBOOST -> false;
        };
    }

    private static Fitter classifier(Fitter fitter, Algorithm algorithm, boolean regression) {
        if (regression) {
            throw new IllegalArgumentException(algorithm.label() + " fits classification models, not regression ones");
        }
        return fitter;
    }

    private static Fitter regressor(Fitter fitter, Algorithm algorithm, boolean regression) {
        if (!regression) {
            throw new IllegalArgumentException(algorithm.label() + " fits regression models, not classification ones");
        }
        return fitter;
    }
}
