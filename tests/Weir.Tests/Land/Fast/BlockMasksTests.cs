using System.Runtime.Intrinsics;
using Weir.Land.Fast.Scanning;

namespace Weir.Tests.Land.Fast;

public class BlockMasksTests
{
    private static readonly byte[] Marks = [.. "\"\\{}[]:,; \t\n\0\u001f!"u8];

    [Fact]
    public void Every_width_of_vector_sees_what_is_there_byte_by_byte()
    {
        var random = new Random(20260301);
        var block = new byte[BlockMasks.Length];
        for (var i = 0; i < 20_000; i++)
        {
            random.NextBytes(block);
            for (var j = 0; j < block.Length; j++) if (random.Next(3) == 0) block[j] = Marks[random.Next(Marks.Length)];
            var expected = Text(BlockMasks.OfBytes(in block[0]));
            if (Vector512.IsHardwareAccelerated) Text(BlockMasks.Of512(in block[0])).ShouldBe(expected);
            if (Vector256.IsHardwareAccelerated) Text(BlockMasks.Of256(in block[0])).ShouldBe(expected);
            if (Vector128.IsHardwareAccelerated) Text(BlockMasks.Of128(in block[0])).ShouldBe(expected);
            Text(BlockMasks.Of(in block[0])).ShouldBe(expected);
        }
    }

    [Fact]
    public void Each_kind_of_byte_is_told_by_hand()
    {
        var block = new byte[BlockMasks.Length];
        block.AsSpan().Fill((byte)'a');
        "{\"\\,:}[] \t\u0000"u8.CopyTo(block);
        block[63] = 0xC3;
        var masks = BlockMasks.Of(in block[0]);
        masks.Quotes.ShouldBe(0b10UL);
        masks.Backslashes.ShouldBe(0b100UL);
        masks.Operators.ShouldBe(0b1111_1001UL);
        masks.Blanks.ShouldBe(0b111_0000_0000UL);
        masks.Controls.ShouldBe(0b110_0000_0000UL);
        masks.High.ShouldBe(1UL << 63);
    }

    private static string Text(BlockMasks masks) => $"{masks.Quotes:x} {masks.Backslashes:x} {masks.Operators:x} {masks.Blanks:x} {masks.Controls:x} {masks.High:x}";
}
