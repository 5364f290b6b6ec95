using System.Collections.Concurrent;

namespace Retort.Http;

/// <summary>
/// Media types by file name: the table of CPython 3.11, which Flask uses, without what the machine's own mime.types would add.
/// Source: mimetypes.guess_type; werkzeug.utils.get_content_type.
/// </summary>
public static class MimeTypes
{
    private const string Table = """
        application/javascript js mjs
        application/json json
        application/manifest+json webmanifest
        application/msword doc dot wiz
        application/n-quads nq
        application/n-triples nt
        application/octet-stream bin a dll exe o obj so
        application/oda oda
        application/pdf pdf
        application/pkcs7-mime p7c
        application/postscript ps ai eps
        application/trig trig
        application/vnd.apple.mpegurl m3u m3u8
        application/vnd.ms-excel xls xlb
        application/vnd.ms-powerpoint ppt pot ppa pps pwz
        application/wasm wasm
        application/x-bcpio bcpio
        application/x-cpio cpio
        application/x-csh csh
        application/x-dvi dvi
        application/x-gtar gtar
        application/x-hdf hdf
        application/x-hdf5 h5
        application/x-latex latex
        application/x-mif mif
        application/x-netcdf cdf nc
        application/x-pkcs12 p12 pfx
        application/x-pn-realaudio ram
        application/x-python-code pyc pyo
        application/x-sh sh
        application/x-shar shar
        application/x-shockwave-flash swf
        application/x-sv4cpio sv4cpio
        application/x-sv4crc sv4crc
        application/x-tar tar
        application/x-tcl tcl
        application/x-tex tex
        application/x-texinfo texi texinfo
        application/x-troff roff t tr
        application/x-troff-man man
        application/x-troff-me me
        application/x-troff-ms ms
        application/x-ustar ustar
        application/x-wais-source src
        application/xml xsl rdf wsdl xpdl
        application/zip zip
        audio/3gpp 3gp 3gpp
        audio/3gpp2 3g2 3gpp2
        audio/aac aac adts loas ass
        audio/basic au snd
        audio/mpeg mp3 mp2
        audio/opus opus
        audio/x-aiff aif aifc aiff
        audio/x-pn-realaudio ra
        audio/x-wav wav
        image/avif avif
        image/bmp bmp
        image/gif gif
        image/ief ief
        image/jpeg jpg jpe jpeg
        image/heic heic
        image/heif heif
        image/png png
        image/svg+xml svg
        image/tiff tiff tif
        image/vnd.microsoft.icon ico
        image/x-cmu-raster ras
        image/x-portable-anymap pnm
        image/x-portable-bitmap pbm
        image/x-portable-graymap pgm
        image/x-portable-pixmap ppm
        image/x-rgb rgb
        image/x-xbitmap xbm
        image/x-xpixmap xpm
        image/x-xwindowdump xwd
        message/rfc822 eml mht mhtml nws
        text/css css
        text/csv csv
        text/html html htm
        text/n3 n3
        text/plain txt bat c h ksh pl srt
        text/richtext rtx
        text/tab-separated-values tsv
        text/vtt vtt
        text/x-python py
        text/x-setext etx
        text/x-sgml sgm sgml
        text/x-vcard vcf
        text/xml xml
        video/mp4 mp4
        video/mpeg mpeg m1v mpa mpe mpg
        video/quicktime mov qt
        video/webm webm
        video/x-msvideo avi
        video/x-sgi-movie movie
        """;

    private static readonly ConcurrentDictionary<string, string> ByExtension = new(
        Table.Split('\n').Select(row => row.Split(' ')).SelectMany(row => row[1..].Select(extension => KeyValuePair.Create('.' + extension, row[0]))),
        StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, string> Compound = new(StringComparer.OrdinalIgnoreCase)
    {
        [".svgz"] = ".svg.gz",
        [".tgz"] = ".tar.gz",
        [".taz"] = ".tar.gz",
        [".tz"] = ".tar.gz",
        [".tbz2"] = ".tar.bz2",
        [".txz"] = ".tar.xz",
    };

    private static readonly Dictionary<string, string> Encodings = new(StringComparer.Ordinal)
    {
        [".gz"] = "gzip",
        [".Z"] = "compress",
        [".bz2"] = "bzip2",
        [".xz"] = "xz",
        [".br"] = "br",
    };

    /// <summary>Adds or replaces the type of an extension, for the whole process: <c>Add(".webp", "image/webp")</c>.</summary>
    public static void Add(string extension, string type)
    {
        ArgumentException.ThrowIfNullOrEmpty(extension);
        ByExtension[extension.StartsWith('.') ? extension : '.' + extension] = type;
    }

    /// <summary>The type and the encoding (<c>gzip</c>) a file's name speaks of; null for what it says nothing about.</summary>
    public static (string? Type, string? Encoding) Guess(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        // Python takes the name for a URL, so what looks like its scheme does not count.
        var colon = fileName.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && !fileName.AsSpan(0, colon).Contains('/')) fileName = fileName[(colon + 1)..];
        var extension = ExtensionOf(fileName);
        var name = fileName[..^extension.Length];
        if (Compound.TryGetValue(extension, out var spelledOut))
        {
            name += spelledOut;
            extension = ExtensionOf(name);
            name = name[..^extension.Length];
        }
        if (Encodings.TryGetValue(extension, out var encoding)) extension = ExtensionOf(name);
        return (ByExtension.GetValueOrDefault(extension), encoding);
    }

    /// <summary>A media type as a <c>Content-Type</c>: with <c>charset=utf-8</c> if it is one of text.</summary>
    public static string WithCharset(string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var isText = type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal)
            || type is "application/ecmascript" or "application/javascript" or "application/sql" or "application/xml" or "application/xml-dtd"
                or "application/xml-external-parsed-entity";
        return isText ? type + "; charset=utf-8" : type;
    }

    // From the last dot on, unless only dots stand before it (".profile" has none).
    private static string ExtensionOf(string path)
    {
        var dot = path.LastIndexOf('.');
        var slash = path.LastIndexOf('/');
        return dot > slash && path.AsSpan(slash + 1, dot - slash - 1).ContainsAnyExcept('.') ? path[dot..] : "";
    }

    /// <summary>Whether a type, without parameters and in lower case, is JSON: <c>application/json</c> or <c>application/*+json</c>. Source: werkzeug.Request.is_json.</summary>
    internal static bool IsJson(string type) =>
        type == "application/json" || (type.StartsWith("application/", StringComparison.Ordinal) && type.EndsWith("+json", StringComparison.Ordinal));
}
