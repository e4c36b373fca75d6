using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using Weir.Output;

namespace Weir.Roles.Ownership;

/// <summary>A caller's stdout, stderr and progress bar, as lines of JSON of an answer.</summary>
internal sealed class OwnerOutput : IDisposable
{
    public static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Stream answer;
    private readonly Lock gate = new();
    private readonly LineWriter data, words;

    public OwnerOutput(Stream answer, bool colours, int width)
    {
        this.answer = answer;
        data = new LineWriter(text => Write(new OwnerLine(Out: text)));
        words = new LineWriter(text => Write(new OwnerLine(Error: text)));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(words),
            Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = width;
        Command = new CommandOutput(data, console, this);
    }

    /// <summary>What the command writes to.</summary>
    public CommandOutput Command { get; }

    public void Write(OwnerLine line)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(line, Json);
        lock (gate)
        {
            // What was said before comes before.
            if (line.Out is null) data.Flush();
            if (line.Error is null) words.Flush();
            answer.Write(bytes);
            answer.Write("\n"u8);
            answer.Flush();
        }
    }

    public void Dispose()
    {
        data.Dispose();
        words.Dispose();
    }

    /// <summary>Gathers text up to some thousand characters.</summary>
    private sealed class LineWriter(Action<string> write) : TextWriter
    {
        private const int Most = 8192;
        private readonly StringBuilder text = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            text.Append(value);
            if (text.Length >= Most) Flush();
        }

        public override void Write(string? value)
        {
            text.Append(value);
            if (text.Length >= Most) Flush();
        }

        public override void Flush()
        {
            if (text.Length == 0) return;
            var gathered = text.ToString();
            text.Clear();
            write(gathered);
        }
    }
}
