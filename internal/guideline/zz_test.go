package guideline
import ("testing";"fmt";"time";"strings")
func TestZZ(t *testing.T){
 for n,x:=range large() { 
  a:=time.Now(); Parse(x); b:=time.Since(a); x=strings.Repeat(x,8); a=time.Now(); Parse(x); fmt.Println(n,b,time.Since(a), float64(time.Since(a))/float64(b)) }
}
