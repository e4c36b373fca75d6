using System.Text;

namespace Weir.Land.Rounds;

/// <summary>Positions in ascending order as text, each stretch of consecutive ones as <c>first-last</c>: <c>3,7-9,12</c>.</summary>
internal sealed class PositionRuns
{
    private readonly StringBuilder text = new();
    private long first = -1, last = -1;

    public void Add(long position)
    {
        if (position == last + 1 && first >= 0)
        {
            last = position;
            return;
        }
        Close();
        first = last = position;
    }

    public override string ToString()
    {
        Close();
        first = -1;
        return text.ToString();
    }

    private void Close()
    {
        if (first < 0) return;
        if (text.Length > 0) text.Append(',');
        text.Append(first);
        if (last > first) text.Append('-').Append(last);
    }
}
