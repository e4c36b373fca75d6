using System.Text;
using System.Text.Json;
using Weir.Land.Tap;
using Weir.Output;

namespace Weir.Commands.Live;

/// <summary>Writes the tap's messages to stdout, in the format that was asked for.</summary>
internal abstract class LiveOutput
{
    public abstract void Show(string type, ReadOnlyMemory<byte> message);

    /// <summary>Nothing more comes for a moment.</summary>
    public abstract void Flush();

    public static LiveOutput For(OutputFormat format) => format switch
    {
        OutputFormat.Json => new JsonLines(Console.Out),
        OutputFormat.Csv => new CsvLines(Console.Out),
        _ => new LiveTable(Console.Out, Terminal.Width, Terminal.HasColours),
    };

    /// <summary>One JSON object a line: the message, its type first.</summary>
    internal sealed class JsonLines(TextWriter output) : LiveOutput
    {
        public override void Show(string type, ReadOnlyMemory<byte> message)
        {
            output.Write($"{{\"type\":\"{type}\"");
            if (message.Length > 2) output.Write(',');
            output.WriteLine(Encoding.UTF8.GetString(message.Span[1..]));
        }

        public override void Flush() => output.Flush();
    }

    /// <summary>A line for each event and for each fate; what is left out is told to people.</summary>
    internal sealed class CsvLines(TextWriter output) : LiveOutput
    {
        private static readonly string[] Columns = ["received_at", "fate", "reason", "source", "event", "user_id", "event_id", "stream", "position"];
        private bool hasHeader;

        public override void Show(string type, ReadOnlyMemory<byte> message)
        {
            if (!hasHeader) output.WriteLine(string.Join(',', Columns));
            hasHeader = true;
            using var json = JsonDocument.Parse(message, LiveLine.Deep);
            if (type is TapMessage.Event or TapMessage.Fate)
                output.WriteLine(string.Join(',', Columns.Select(c => Rows.Quote(LiveLine.Member(json.RootElement, c) ?? (json.RootElement.TryGetProperty("row", out var row) ? LiveLine.Member(row, c) : null)))));
            else if (LiveLine.Notice(type, json.RootElement) is { } notice)
                People.Warn(notice);
        }

        public override void Flush() => output.Flush();
    }
}
