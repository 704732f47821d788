package dev.plumbline.benchmarks.inference;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;

/** A bare Vert.x server that sends each body back: the most that any service on Vert.x can reach. */
final class EchoServer {
    private EchoServer() {}

    /** Serves until it is killed; prints its port. */
    public static void main(String[] arguments) throws Exception {
        int processors = Runtime.getRuntime().availableProcessors();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(processors));
        var deployed = vertx.deployVerticle(Echo::new, new DeploymentOptions().setInstances(processors));
        deployed.toCompletionStage().toCompletableFuture().get();
    }

    /** One event loop's share of the port. */
    private static final class Echo extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            vertx.createHttpServer(new HttpServerOptions())
                    .requestHandler(request ->
                            request.body().onSuccess(body -> request.response().end(body)))
                    .listen(-1, "127.0.0.1")
                    .onSuccess(server -> System.out.println(server.actualPort()))
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }
}
