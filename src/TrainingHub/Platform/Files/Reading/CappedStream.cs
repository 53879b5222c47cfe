namespace TrainingHub.Platform.Files;

/// <summary>How many more bytes a file may unpack to, over all its parts.</summary>
internal sealed class UnpackAllowance(long left)
{
    public void Take(int count)
    {
        left -= count;
        if (left < 0)
        {
            throw new FileRefusedException(FileRefusedException.TooBig);
        }
    }
}

/// <summary>
/// A part of a workbook as it unpacks. Stops what an XML reader would swallow whole: too much in all, more than 1 MB without a
/// tag (one giant text or attribute), and everything that begins with <c>&lt;!</c> (document types, CDATA, comments), which no
/// spreadsheet program writes. UTF-16, which would hide the last, is refused too. Measured: without it 190 MB in one CDATA took 809 MB.
/// </summary>
internal sealed class CappedStream(Stream inner, UnpackAllowance allowance) : Stream
{
    private const int LongestRun = 1 << 20;

    private long run;
    private byte last;
    private bool isFirst = true;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        if (count == 0)
        {
            return 0;
        }

        allowance.Take(count);
        var read = buffer[..count];
        if ((isFirst && (read[0] >= 0xFE || read[0] == 0)) || (last == '<' && read[0] == '!') || read.IndexOf("<!"u8) >= 0)
        {
            throw new FileRefusedException(FileRefusedException.Damaged);
        }

        (isFirst, last) = (false, read[^1]);
        var tag = read.LastIndexOf((byte)'<');
        run = tag < 0 ? run + count : count - tag;
        return run <= LongestRun ? count : throw new FileRefusedException(FileRefusedException.TooBig);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
