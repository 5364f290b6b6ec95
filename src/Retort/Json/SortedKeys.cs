using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Retort.Signing;

namespace Retort.Json;

/// <summary>
/// Writes what has keys in their order: texts by code point, numbers by value, because Python sorts keys before it turns them into text.
/// Dictionaries get a converter; the properties of a class are put in order when its description is made.
/// </summary>
internal sealed class SortedKeys : JsonConverterFactory
{
    public static void SortProperties(JsonTypeInfo type)
    {
        var order = 0;
        foreach (var property in type.Properties.OrderBy(property => property.Name, CodePointComparer.Instance).ToList())
            property.Order = order++;
    }

    public override bool CanConvert(Type typeToConvert) => PairOf(typeToConvert) is not null;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Sorting<,,>).MakeGenericType([typeToConvert, .. PairOf(typeToConvert)!]))!;

    /// <summary>K and V of a type that is a sequence of <c>KeyValuePair&lt;K, V&gt;</c>.</summary>
    private static Type[]? PairOf(Type type) =>
        type.GetInterfaces().Prepend(type)
            .Where(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            .Select(each => each.GenericTypeArguments[0])
            .FirstOrDefault(item => item.IsGenericType && item.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))?.GenericTypeArguments;

    private sealed class Sorting<T, TKey, TValue> : JsonConverter<T>
        where T : IEnumerable<KeyValuePair<TKey, TValue>>
    {
        private static readonly IComparer<TKey> Order = typeof(TKey) == typeof(string) ? (IComparer<TKey>)(object)CodePointComparer.Instance : Comparer<TKey>.Default;

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("these options write sorted keys and do not read. Read with app.Json.Loads<T>.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (key, item) in value.OrderBy(entry => entry.Key, Order))
            {
                writer.WritePropertyName(TextOf(key));
                JsonSerializer.Serialize(writer, item, options);
            }
            writer.WriteEndObject();
        }

        private static string TextOf(TKey key) => key switch
        {
            string text => text,
            bool truth => truth ? "true" : "false",
            double number => FloatText.Format(number),
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new NotSupportedException($"A dictionary key of type {typeof(TKey).Name} has no JSON form; use text or numbers."),
        };
    }
}
