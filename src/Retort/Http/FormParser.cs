using System.Buffers;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Retort.Http.Exceptions;

namespace Retort.Http;

/// <summary>
/// Reads the two kinds of form bodies. What is not a form, or is one but not well formed, reads as an empty form; a limit that is passed throws
/// <see cref="RequestEntityTooLarge"/>, a connection that ends early <see cref="BadRequest"/>.
/// Source: werkzeug.formparser.
/// </summary>
public static class FormParser
{
    private const string UrlEncodedType = "application/x-www-form-urlencoded";
    private const string MultipartType = "multipart/form-data";

    /// <summary>Whether a body of this content type would be read as a form.</summary>
    public static bool IsForm(string? contentType) => Is(contentType, UrlEncodedType) || Is(contentType, MultipartType);

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body, not yet read.</param>
    /// <param name="contentType">The <c>Content-Type</c> header.</param>
    /// <param name="contentLength">The <c>Content-Length</c> header; null when the length is not known beforehand.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<Form> ParseAsync(
        Stream body, string? contentType, long? contentLength, FormLimits limits, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(limits);
        if (string.IsNullOrEmpty(contentType)) return Form.Empty;
        if (contentLength > limits.MaxContentLength) throw new RequestEntityTooLarge();
        try
        {
            if (Is(contentType, UrlEncodedType)) return await ParseUrlEncodedAsync(body, contentLength, limits, cancellation).ConfigureAwait(false);
            if (Is(contentType, MultipartType)) return await ParseMultipartAsync(body, contentType, limits, cancellation).ConfigureAwait(false);
            return Form.Empty;
        }
        catch (BadHttpRequestException error)
        {
            // The server's own words for a body that is too large, too slow or cut off.
            throw error.StatusCode == StatusCodes.Status413PayloadTooLarge ? new RequestEntityTooLarge()
                : error.StatusCode == StatusCodes.Status408RequestTimeout ? new RequestTimeout()
                : new ClientDisconnected();
        }
    }

    private static bool Is(string? contentType, string type)
    {
        var end = contentType?.IndexOf(';', StringComparison.Ordinal) ?? -1;
        return (end < 0 ? contentType : contentType.AsSpan(0, end)).Trim().Equals(type, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<Form> ParseUrlEncodedAsync(Stream body, long? contentLength, FormLimits limits, CancellationToken cancellation)
    {
        var limit = Math.Min(limits.MaxMemorySize ?? Array.MaxLength, limits.MaxContentLength ?? Array.MaxLength);
        if (contentLength > limit) throw new RequestEntityTooLarge();

        // One byte more than announced, so that the end is seen without growing.
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(contentLength ?? 4096, 64 * 1024) + 1);
        try
        {
            var length = 0;
            while (await body.ReadAsync(buffer.AsMemory(length), cancellation).ConfigureAwait(false) is var read and > 0)
            {
                length += read;
                if (length > limit) throw new RequestEntityTooLarge();
                if (length == buffer.Length) Grow(ref buffer);
            }
            return ParseUrlEncoded(buffer.AsSpan(0, length), limits);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Form ParseUrlEncoded(Span<byte> text, FormLimits limits)
    {
        if (!Utf8.IsValid(text)) return Form.Empty;
        var form = new Form(new MultiDict(), new MultiDict<FileStorage>());
        var maxFields = limits.MaxParts is { } parts ? Math.Max(parts, 1024) : (int?)null;
        if (!UrlEncoded.TryParse(text, form.Fields, maxFields)) throw new RequestEntityTooLarge();
        return form.Freeze();
    }

    private static void Grow(ref byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    private static async Task<Form> ParseMultipartAsync(Stream body, string contentType, FormLimits limits, CancellationToken cancellation)
    {
        var boundary = OptionsHeader.Parse(contentType).Get("boundary");
        if (string.IsNullOrEmpty(boundary) || !System.Text.Ascii.IsValid(boundary)) return Form.Empty;

        using var parser = new MultipartParser(body, System.Text.Encoding.ASCII.GetBytes(boundary), limits);
        return await parser.ParseAsync(cancellation).ConfigureAwait(false) ? parser.Form.Freeze() : Form.Empty;
    }
}
