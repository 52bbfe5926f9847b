package io.prelim.dicom.net.transport;

import io.prelim.dicom.net.association.AssociationAborted;
import io.prelim.dicom.net.transport.MessageOutput.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The operations of one association that have no answer yet, as many as the window allows (PS3.7 section D.3.3.3). An answer is
 * sent by the association's thread when that stands still here, else by a thread of the server's; never by the thread that found
 * it, which no peer may keep waiting.
 */
final class Operations {
    private record Operation(long dueNanos, Consumer<Message> sent) {}

    private record Answer(Operation operation, Message response) {}

    private enum Turn {
        GO_ON,
        SEND,
        LOST
    }

    private final int window;
    private final long answerNanos;
    private final UpperLayer upper;
    private final MessageOutput output;
    private final Executor answerThreads;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Without answer on the wire, the oldest first. */
    private final Set<Operation> outstanding = new LinkedHashSet<>();

    private List<Answer> ready = new ArrayList<>();
    private boolean sending;
    private boolean standing;
    private boolean over;
    private IOException broken;
    private Runnable whenNone = () -> {};

    /**
     * @param window operations that may be outstanding, at least 1
     * @param answerTimeout for each, before the association is ended
     */
    Operations(int window, Duration answerTimeout, UpperLayer upper, MessageOutput output, Executor answerThreads) {
        this.window = window;
        this.answerNanos = answerTimeout.toNanos();
        this.upper = upper;
        this.output = output;
        this.answerThreads = answerThreads;
        upper.watch().whenExpired(this::expired);
    }

    /** Called by whoever sent the last answer that was due. */
    void whenNone(Runnable action) {
        whenNone = action;
    }

    boolean none() {
        lock.lock();
        try {
            return outstanding.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins an operation, on the association's thread; an answer that is there already is sent at once.
     *
     * @param response ends well, whatever becomes of the operation
     * @param sent told of the response once it is on its way
     */
    void begin(CompletionStage<Message> response, Consumer<Message> sent) throws AssociationAborted {
        Operation operation = new Operation(System.nanoTime() + answerNanos, sent);
        lock.lock();
        try {
            outstanding.add(operation);
            if (outstanding.size() == 1) {
                upper.watch().answerDue(operation.dueNanos);
            }
            standing = true;
        } finally {
            lock.unlock();
        }
        response.whenComplete((message, failure) -> completed(new Answer(operation, message)));
        awaitFewerThan(Integer.MAX_VALUE);
    }

    /** Waits, on the association's thread, until another operation may begin. */
    void awaitPlace() throws AssociationAborted {
        awaitFewerThan(window);
    }

    /** Waits, on the association's thread, until every answer was sent. */
    void awaitNone() throws AssociationAborted {
        awaitFewerThan(1);
    }

    /** The association is over: answers still to come go nowhere. */
    void end() {
        lock.lock();
        try {
            over = true;
            ready.clear();
            outstanding.clear();
        } finally {
            lock.unlock();
        }
    }

    private void expired() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void completed(Answer answer) {
        lock.lock();
        try {
            if (over) {
                return;
            }
            ready.add(answer);
            if (sending) {
                return;
            }
            if (standing) {
                changed.signalAll();
                return;
            }
            sending = true;
        } finally {
            lock.unlock();
        }
        try {
            answerThreads.execute(this::sendBeside);
        } catch (RejectedExecutionException e) {
            // the server gave up on this association when it closed
            upper.connection().close();
        }
    }

    private void awaitFewerThan(int count) throws AssociationAborted {
        Turn turn = next(count);
        while (turn == Turn.SEND) {
            try {
                send();
            } catch (IOException e) {
                throw upper.lost(e);
            }
            turn = next(count);
        }
        if (turn == Turn.LOST) {
            throw upper.lost(broken == null ? new IOException("time is up") : broken);
        }
    }

    private Turn next(int count) {
        lock.lock();
        try {
            while (true) {
                standing = false;
                if (broken != null || upper.watch().expired()) {
                    return Turn.LOST;
                }
                if (!sending && !ready.isEmpty()) {
                    sending = true;
                    return Turn.SEND;
                }
                if (outstanding.size() < count) {
                    return Turn.GO_ON;
                }
                standing = true;
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends while the association's thread waits for its peer. */
    private void sendBeside() {
        try {
            send();
        } catch (IOException e) {
            lock.lock();
            try {
                broken = e;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            // the association's thread finds out when it reads
            upper.connection().close();
        }
    }

    private void send() throws IOException {
        for (List<Answer> answers = take(); !answers.isEmpty(); answers = take()) {
            output.send(answers.stream().map(Answer::response).toList());
            for (Answer answer : answers) {
                answer.operation.sent.accept(answer.response);
            }
            if (settle(answers)) {
                whenNone.run();
            }
        }
    }

    private List<Answer> take() {
        lock.lock();
        try {
            List<Answer> answers = ready;
            ready = new ArrayList<>();
            sending = !answers.isEmpty();
            return answers;
        } finally {
            lock.unlock();
        }
    }

    /** Whether none is outstanding any more. */
    private boolean settle(List<Answer> answers) {
        lock.lock();
        try {
            answers.forEach(answer -> outstanding.remove(answer.operation));
            if (outstanding.isEmpty()) {
                upper.watch().answered();
            } else {
                upper.watch().answerDue(outstanding.iterator().next().dueNanos);
            }
            changed.signalAll();
            return outstanding.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
