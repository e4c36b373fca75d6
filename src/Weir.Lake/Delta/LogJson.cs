using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Weir.Lake.Delta;

/// <summary>Actions as the lines of a commit file.</summary>
internal static class LogJson
{
    private static readonly LogJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DictionaryKeyPolicy = null,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static byte[] Write(IReadOnlyList<DeltaAction> actions)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        foreach (var action in actions)
        {
            JsonSerializer.Serialize(writer, action, Context.DeltaAction);
            writer.Flush();
            buffer.Write("\n"u8);
            writer.Reset();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="JsonException">A line is not an action.</exception>
    public static IReadOnlyList<DeltaAction> Read(ReadOnlySpan<byte> file)
    {
        var actions = new List<DeltaAction>();
        foreach (var range in file.Split((byte)'\n'))
        {
            var line = file[range];
            if (!line.IsEmpty) actions.Add(ReadLine(line));
        }
        return actions;
    }

    public static DeltaAction ReadLine(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize(line, Context.DeltaAction) ?? throw new JsonException("A line of the log is null.");
}

[JsonSerializable(typeof(DeltaAction))]
internal sealed partial class LogJsonContext : JsonSerializerContext;
