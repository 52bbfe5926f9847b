package io.prelim.report.narrative;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientImpl;
import com.openai.client.okhttp.OkHttpClient;
import com.openai.core.ClientOptions;
import com.openai.errors.OpenAIException;
import com.openai.models.ResponseFormatJsonObject;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.prelim.report.settings.ReportSettings;
import io.prelim.report.statement.Given;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A writer that speaks OpenAI's chat completions, as many servers of language models do, within the hospital too. */
final class OpenAiWriter implements AutoCloseable {
    /** Tokens of an answer, at most. */
    private static final long MOST_TOKENS = 8_192;

    private final OpenAIClient client;
    private final String model;
    private final String instruction = instruction();

    OpenAiWriter(ReportSettings.Writer settings) {
        this.model = settings.model().orElseThrow();
        this.client = new OpenAIClientImpl(ClientOptions.builder()
                .httpClient(new BoundedHttp(
                        OkHttpClient.builder().timeout(settings.timeout()).build()))
                .baseUrl(settings.url().orElseThrow().toString())
                .apiKey(settings.token().orElse("none"))
                .timeout(settings.timeout())
                .maxRetries(0)
                .build());
    }

    /** As the drafts call it. */
    String name() {
        return model;
    }

    /**
     * What it answers; any text.
     *
     * @throws Unavailable if it gave no answer, which may be tried again
     */
    String write(String language, List<Given> given) throws Unavailable {
        try {
            ChatCompletion completion = client.chat()
                    .completions()
                    .create(ChatCompletionCreateParams.builder()
                            .model(model)
                            .temperature(0)
                            .maxCompletionTokens(MOST_TOKENS)
                            .responseFormat(ResponseFormatJsonObject.builder().build())
                            .addSystemMessage(instruction)
                            .addUserMessage(WriterAnswer.question(language, given))
                            .build());
            return completion.choices().stream()
                    .findFirst()
                    .flatMap(choice -> choice.message().content())
                    .orElse("");
        } catch (OpenAIException e) {
            throw new Unavailable(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static String instruction() {
        try (InputStream in = OpenAiWriter.class.getResourceAsStream("instruction.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No answer, or not within its time. */
    static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        Unavailable(OpenAIException cause) {
            super(cause);
        }
    }
}
