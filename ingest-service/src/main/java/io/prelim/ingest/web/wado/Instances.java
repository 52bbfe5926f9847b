package io.prelim.ingest.web.wado;

import io.prelim.events.Ids;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.index.VisibleInstances;
import io.prelim.ingest.index.VisibleInstances.Instance;
import io.prelim.ingest.index.VisibleInstances.Kind;
import io.prelim.ingest.index.VisibleInstances.Scope;
import io.prelim.ingest.web.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Instances by the UIDs of an address. A study is gone through page by page, however many it has. */
@ApplicationScoped
class Instances {
    private static final int PAGE = 100;

    private final VisibleInstances index;
    private final String issuer;

    Instances(VisibleInstances index, IngestConfig config) {
        this.index = index;
        this.issuer = config.issuer();
    }

    /** @throws io.prelim.ingest.web.BadParameter for what is no UID */
    Scope scope(String study, String series, String instance) {
        return new Scope(
                Ids.study(issuer, Parameters.uid("study", study)),
                Parameters.uid("series", series),
                Parameters.uid("instance", instance));
    }

    /** @throws NotFoundException when there is none */
    List<Kind> kinds(Scope scope) {
        try {
            List<Kind> kinds = index.kinds(scope);
            if (kinds.isEmpty()) {
                throw new NotFoundException();
            }
            return kinds;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** @throws NotFoundException when it is not there */
    Instance one(Scope scope) {
        return page(scope, null, 1).stream().findFirst().orElseThrow(NotFoundException::new);
    }

    /** The middle one of those with pixel data. @throws NotFoundException when there is none */
    Instance middle(Scope scope) {
        try {
            String found = index.middleImage(scope).orElseThrow(NotFoundException::new);
            return one(new Scope(scope.studyKey(), scope.series(), found));
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** In the order of series and instance UIDs; for one going through. */
    Iterable<Instance> all(Scope scope) {
        return () -> new Iterator<>() {
            private Iterator<Instance> page = page(scope, null, PAGE).iterator();
            private Instance last;
            private int read;

            @Override
            public boolean hasNext() {
                if (!page.hasNext() && last != null && read % PAGE == 0) {
                    page = page(scope, last, PAGE).iterator();
                    last = null; // a page more only when this one is full
                }
                return page.hasNext();
            }

            @Override
            public Instance next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                last = page.next();
                read++;
                return last;
            }
        };
    }

    private List<Instance> page(Scope scope, Instance after, int limit) {
        try {
            return index.page(scope, after, limit);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static UncheckedIOException failed(SQLException e) {
        return new UncheckedIOException(new IOException("the index could not be read", e));
    }
}
