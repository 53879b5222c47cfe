namespace TrainingHub.Platform.Files;

/// <summary>How far an import has come, in rows. The import counts up; whoever shows it looks now and then, from another thread.</summary>
internal sealed class ImportProgress
{
    private volatile int read;
    private volatile int seen;
    private volatile int written;

    public int Read { get => read; set => read = value; }

    public int Checked { get => seen; set => seen = value; }

    public int Written { get => written; set => written = value; }
}
