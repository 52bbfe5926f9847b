package io.prelim.dicom.pixel.codec;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.PixelRefusal;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Decoders behind {@code javax.imageio}: of those on the class path the first that says it reads a format. The JDK's own are not
 * among them, which know neither lossless JPEG nor JPEG 2000.
 */
final class ImageReaders {
    private static final List<ImageReaderSpi> PROVIDERS = providers();

    private ImageReaders() {}

    private static List<ImageReaderSpi> providers() {
        List<ImageReaderSpi> providers = new ArrayList<>();
        Iterator<ImageReaderSpi> found = ServiceLoader.load(ImageReaderSpi.class, ImageReaders.class.getClassLoader())
                .iterator();
        boolean more = true;
        while (more) {
            try {
                more = found.hasNext();
                if (more) {
                    providers.add(registered(found.next()));
                }
            } catch (ServiceConfigurationError e) {
                // one plug-in that cannot be loaded does not take the others with it
                more = true;
            }
        }
        return List.copyOf(providers);
    }

    /** Some work only once they are registered, and have looked there for others that they build upon. */
    private static ImageReaderSpi registered(ImageReaderSpi provider) {
        IIORegistry registry = IIORegistry.getDefaultInstance();
        ImageReaderSpi there = registry.getServiceProviderByClass(provider.getClass());
        if (there != null) {
            return there;
        }
        registry.registerServiceProvider(provider);
        return provider;
    }

    /**
     * The samples of a code stream, without any transform of colours into others.
     *
     * @param format a format's name as {@code javax.imageio} has it
     * @param fatal which of the decoder's warnings say that it went on over a fault, and made samples up
     * @throws MalformedInput of kind UNSUPPORTED when nothing reads the format
     * @throws IOException as the decoder does
     */
    static Raster read(String format, Predicate<String> fatal, GivenUpStream stream) throws IOException {
        ImageReader reader = reader(format);
        List<String> warnings = new ArrayList<>(1);
        reader.addIIOReadWarningListener((source, warning) -> {
            if (warnings.isEmpty() && fatal.test(warning)) {
                warnings.add(warning);
            }
        });
        try {
            reader.setInput(stream, true, true);
            Raster raster = reader.readRaster(0, reader.getDefaultReadParam());
            if (!warnings.isEmpty()) {
                throw new IOException(warnings.get(0));
            }
            return raster;
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader reader(String format) throws IOException {
        for (ImageReaderSpi provider : PROVIDERS) {
            if (Arrays.asList(provider.getFormatNames()).contains(format)) {
                ImageReader reader = provider.createReaderInstance();
                if (reader.canReadRaster()) {
                    return reader;
                }
                reader.dispose();
            }
        }
        throw PixelRefusal.unsupported("no decoder for " + format);
    }
}
