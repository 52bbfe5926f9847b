package io.prelim.inference.start;

import io.prelim.inference.config.InferenceConfig;
import io.prelim.inference.log.OperatorMessage;
import io.prelim.inference.runtime.Execution;
import io.prelim.inference.runtime.host.Provider;
import java.util.Optional;

/** What the configuration and the machine together let models run on. Chosen once, at the start; it does not change while the process lives. */
final class ExecutionChoice {
    private static final int BATCH_ON_GPU = 8;

    private ExecutionChoice() {}

    /**
     * Opens the GPU to see if it is there. With {@code cuda} and none there is no other choice: every package is refused, and says why.
     * A planner proves packages on CPU, where its machine may have nothing else.
     */
    static Execution of(InferenceConfig config) {
        Provider provider = Provider.CPU;
        if (config.role().works() && config.provider() != InferenceConfig.ProviderChoice.CPU) {
            Optional<String> unavailable = execution(config, Provider.CUDA).probe();
            boolean must = config.provider() == InferenceConfig.ProviderChoice.CUDA;
            provider = must || unavailable.isEmpty() ? Provider.CUDA : Provider.CPU;
            unavailable.ifPresent(
                    reason -> (must ? OperatorMessage.PROVIDER_UNAVAILABLE : OperatorMessage.PROVIDER_FELL_BACK)
                            .log("provider", Provider.CUDA, "device", config.device(), "reason", reason));
        }
        return execution(config, provider);
    }

    private static Execution execution(InferenceConfig config, Provider provider) {
        int usual = provider == Provider.CUDA ? BATCH_ON_GPU : 1;
        return new Execution(
                provider,
                config.device(),
                config.role().works() ? config.batch().max().orElse(usual) : 1,
                config.maxModelBytes());
    }
}
