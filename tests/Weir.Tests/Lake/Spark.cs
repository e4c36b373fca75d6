using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Weir.Tests.Lake;

/// <summary>
/// Another independent reader of Delta tables: a real Apache Spark (<c>eng/servers/spark.sh</c>), one for all tests of a run, asked over Spark Connect's gRPC by the few bytes that a statement needs.
/// </summary>
internal sealed class Spark
{
    private static readonly Lazy<Task<Spark>> One = new(StartAsync);
    private readonly HttpClient client;
    private readonly string folder;

    private Spark(string folder, Uri address) => (this.folder, client) = (folder, new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(3) });

    public static Task<Spark> GetAsync()
    {
        var home = Environment.GetEnvironmentVariable("SPARK_HOME");
        Require.That(OperatingSystem.IsLinux() && Directory.Exists(Path.Combine(home ?? "", "jars")), "spark", "SPARK_HOME names no Spark 4 (eng/servers/spark.sh)");
        return One.Value;
    }

    /// <summary>A SELECT over a Delta table, there called <c>{table}</c>: its rows as CSV without a header.</summary>
    public async Task<string[]> SelectAsync(string table, string select)
    {
        var to = Path.Combine(folder, "results", Guid.NewGuid().ToString("n"));
        await RunAsync($"CREATE TABLE result_{Path.GetFileName(to)} USING csv LOCATION '{to}' AS {select.Replace("{table}", $"delta.`{table}`", StringComparison.Ordinal)}");
        return [.. Directory.EnumerateFiles(to, "part-*").Order(StringComparer.Ordinal).SelectMany(File.ReadLines)];
    }

    private async Task RunAsync(string sql)
    {
        // ExecutePlanRequest { session_id = 1, user_context = 2 { user_id = 1 }, plan = 3 { command = 2 { sql_command = 5 { input = 6 { sql = 10 { query = 1 } } } } } } of Spark 4's base.proto
        var plan = Field(2, Field(5, Field(6, Field(10, Field(1, Encoding.UTF8.GetBytes(sql))))));
        byte[] message = [.. Field(1, Encoding.UTF8.GetBytes(Guid.NewGuid().ToString())), .. Field(2, Field(1, "weir"u8)), .. Field(3, plan)];
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/spark.connect.SparkConnectService/ExecutePlan")
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        using var response = await client.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        string Said(string name) => (response.TrailingHeaders.TryGetValues(name, out var values) || response.Headers.TryGetValues(name, out values)) ? string.Join(' ', values) : "";
        if (Said("grpc-status") != "0") throw new InvalidOperationException($"Spark says {Said("grpc-status")}: {Uri.UnescapeDataString(Said("grpc-message"))}; the statement was {sql}");
    }

    /// <summary>A protobuf field that has a length.</summary>
    private static byte[] Field(int number, ReadOnlySpan<byte> value)
    {
        var field = new List<byte>();
        Varint((uint)number << 3 | 2);
        Varint((uint)value.Length);
        return [.. field, .. value];

        void Varint(uint left)
        {
            for (; left >= 0x80; left >>= 7) field.Add((byte)(left | 0x80));
            field.Add((byte)left);
        }
    }

    private static async Task<Spark> StartAsync()
    {
        var (folder, said) = await ServerScript.StartAsync("spark", 1);
        return new Spark(folder, new Uri(said["SPARK_CONNECT"]));
    }
}
