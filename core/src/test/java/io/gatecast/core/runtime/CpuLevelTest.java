package io.gatecast.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves that a processor's own words, and a build's name, are read as the right level. */
class CpuLevelTest {
  /** AMD Opteron, before AVX2. */
  private static final String OLD =
      "fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse"
          + " sse2 ht syscall nx mmxext fxsr_opt pdpe1gb rdtscp lm constant_tsc rep_good nopl"
          + " nonstop_tsc pni pclmulqdq monitor ssse3 cx16 sse4_1 sse4_2 popcnt aes xsave avx"
          + " lahf_lm cmp_legacy svm extapic cr8_legacy abm sse4a misalignsse 3dnowprefetch xop fma4";

  /** AMD EPYC under KVM. */
  private static final String EPYC =
      "fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse"
          + " sse2 ht syscall nx mmxext fxsr_opt pdpe1gb rdtscp lm constant_tsc rep_good nopl xtopology"
          + " nonstop_tsc cpuid extd_apicid tsc_known_freq pni pclmulqdq ssse3 fma cx16 pcid sse4_1"
          + " sse4_2 x2apic movbe popcnt aes xsave avx f16c rdrand hypervisor lahf_lm abm sse4a"
          + " fsgsbase tsc_adjust bmi1 avx2 smep bmi2 erms invpcid rdseed adx smap clflushopt clwb";

  /** Intel Skylake server. */
  private static final String SKYLAKE = EPYC + " avx512f avx512dq avx512cd avx512bw avx512vl pku";

  @Test
  void processorWithoutAvx2IsBase() {
    assertEquals(CpuLevel.BASE, CpuLevel.ofCpuinfo(cpuinfo(OLD)));
  }

  @Test
  void avx2WithFmaIsAvx2() {
    assertEquals(CpuLevel.AVX2, CpuLevel.ofCpuinfo(cpuinfo(EPYC)));
  }

  @Test
  void avx2WithoutFmaIsBase() {
    assertEquals(CpuLevel.BASE, CpuLevel.ofCpuinfo(cpuinfo(EPYC.replace(" fma ", " "))));
  }

  @Test
  void fmaWithoutAvx2IsBase() {
    assertEquals(CpuLevel.BASE, CpuLevel.ofCpuinfo(cpuinfo(EPYC.replace(" avx2 ", " "))));
  }

  @Test
  void avx512WithItsExtensionsIsAvx512() {
    assertEquals(CpuLevel.AVX512, CpuLevel.ofCpuinfo(cpuinfo(SKYLAKE)));
  }

  @Test
  void avx512fAloneIsOnlyAvx2() {
    assertEquals(CpuLevel.AVX2, CpuLevel.ofCpuinfo(cpuinfo(EPYC + " avx512f avx512cd")));
  }

  @Test
  void textWithoutFlagsIsBase() {
    String arm = "processor\t: 0\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd evtstrm aes crc32\n";

    assertEquals(CpuLevel.BASE, CpuLevel.ofCpuinfo(arm));
    assertEquals(CpuLevel.BASE, CpuLevel.ofCpuinfo(""));
    assertEquals(CpuLevel.BASE, CpuLevel.ofCpuinfo(cpuinfo("")));
  }

  @Test
  void flagNamedTwiceIsRead() {
    assertEquals(CpuLevel.AVX2, CpuLevel.ofCpuinfo(cpuinfo(EPYC + " avx2 fma")));
  }

  @ParameterizedTest
  @CsvSource({
    "linux-x86_64, BASE",
    "linux-x86_64-onednn, BASE",
    "linux-x86_64-avx2, AVX2",
    "windows-x86_64-onednn-avx2, AVX2",
    "linux-x86_64-avx512, AVX512",
    "linux-x86_64-onednn-avx512, AVX512",
    "linux-arm64, BASE"
  })
  void buildNeedsWhatItsNameSays(String natives, CpuLevel needed) {
    assertEquals(needed, CpuLevel.neededBy(natives));
  }

  /**
   * Two processors, as the kernel writes them; the line for VMX must not be taken for the flags.
   */
  private static String cpuinfo(String flags) {
    String processor =
        "vendor_id\t: GenuineIntel\nmodel name\t: a processor\nfpu\t\t: yes\nflags\t\t: "
            + flags
            + "\nvmx flags\t: vnmi preemption_timer ept\nbugs\t\t: spectre_v1\n\n";
    return "processor\t: 0\n" + processor + "processor\t: 1\n" + processor;
  }
}
